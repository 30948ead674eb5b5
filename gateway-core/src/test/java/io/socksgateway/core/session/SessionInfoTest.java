package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.SocksRequest;
import io.socksgateway.core.wire.SocksVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionInfoTest {

    @Test
    void isSeenByTheRulesWithTheVerifiedNameAndNotTheClaimedOne() {
        InetSocketAddress client =
                new InetSocketAddress(Addresses.parse("192.0.2.1").orElseThrow(), 4_711);
        SocksRequest request =
                new SocksRequest(SocksVersion.SOCKS4, 1, new Endpoint(new Host.Name("a"), 80), "mallory");
        SessionInfo info = new SessionInfo(
                "1-1",
                "public",
                client,
                new Identity("alice", Set.of("staff")),
                request,
                Command.CONNECT,
                List.of(),
                Allowance.unlimited(),
                0);
        assertThat(info.subject())
                .isEqualTo(new Subject(client.getAddress(), "alice", Set.of("staff"), Command.CONNECT));
    }
}
