package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.wire.SocksVersion;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reply codes by cause, on one page. */
class FailureTest {

    @Test
    void everyCauseHasItsReplyAndItsWord() {
        String table = Arrays.stream(Failure.values())
                .map(failure -> "%s %02x %02x %s"
                        .formatted(
                                failure,
                                failure.reply().code(SocksVersion.SOCKS5),
                                failure.reply().code(SocksVersion.SOCKS4),
                                failure.reason()))
                .collect(Collectors.joining("\n"));
        assertThat(table).isEqualTo("""
                        DENIED 02 5b denied
                        QUOTA 02 5b quota
                        NO_LOGIN 02 5b auth-failed
                        NO_IDENTD 02 5c auth-failed
                        IDENTD_MISMATCH 02 5d auth-failed
                        REFUSED 05 5b refused
                        NETWORK_UNREACHABLE 03 5b refused
                        HOST_UNREACHABLE 04 5b refused
                        NAME_UNKNOWN 04 5b refused
                        NAME_UNANSWERED 04 5b timeout
                        TIMED_OUT 06 5b timeout
                        UNKNOWN_COMMAND 07 5b unsupported
                        UNKNOWN_ADDRESS_TYPE 08 5b unsupported
                        PROTOCOL_OFF 01 5b unsupported
                        MALFORMED 01 5b malformed
                        FULL 01 5b full
                        LOCAL 01 5b error""");
    }
}
