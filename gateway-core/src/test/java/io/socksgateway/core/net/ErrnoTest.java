package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {

    private static InetSocketAddress remote() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 80);
    }

    @ParameterizedTest
    @CsvSource({
        "111, REFUSED", // ECONNREFUSED
        "104, REFUSED", // ECONNRESET: a firewall's way to refuse
        "101, NETWORK_UNREACHABLE", // ENETUNREACH
        "100, NETWORK_UNREACHABLE", // ENETDOWN
        "113, HOST_UNREACHABLE", // EHOSTUNREACH
        "112, HOST_UNREACHABLE", // EHOSTDOWN
        "92, HOST_UNREACHABLE", // ENOPROTOOPT
        "110, TIMED_OUT", // ETIMEDOUT
        "13, HOST_UNREACHABLE", // EACCES: our own firewall
        "24, LOCAL", // EMFILE
        "99, LOCAL", // EADDRNOTAVAIL: no ports left
        "105, LOCAL", // ENOBUFS
    })
    void numbersHaveTheirFailure(int errno, Failure failure) throws Exception {
        ConnectFailure connectFailure = Errno.failure(errno, remote());
        assertThat(connectFailure.kind()).isEqualTo(failure);
        assertThat(connectFailure).hasMessage("connect to 192.0.2.1:80: errno " + errno);
        assertThat(connectFailure.getStackTrace()).isEmpty();
    }

    @Test
    void exceptionsWithoutANumberAreLocal() throws Exception {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        assertThat(Errno.ofRefusedConnect(new IllegalStateException("closed"), null, here)
                        .kind())
                .isEqualTo(Failure.LOCAL);
    }
}
