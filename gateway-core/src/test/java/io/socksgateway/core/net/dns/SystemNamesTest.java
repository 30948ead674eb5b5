package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Endpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemNamesTest {

    private static List<String> servers(String... lines) {
        return SystemNames.servers(List.of(lines)).stream()
                .map(server -> Endpoint.of(server).toString())
                .toList();
    }

    @Test
    void readsNameServersInOrder() {
        assertThat(servers(
                        "# nameserver 192.0.2.9",
                        "search example.com",
                        "nameserver 192.0.2.1",
                        "nameserver\t2001:db8::1 # comment",
                        "; nameserver 192.0.2.8",
                        "options timeout:1",
                        "nameserver 192.0.2.2;"))
                .containsExactly("192.0.2.1:53", "[2001:db8::1]:53", "192.0.2.2:53");
    }

    @Test
    void passesOverWhatIsNoAddress() {
        assertThat(servers(
                        "nameserver",
                        "nameserver ns.example.com",
                        "nameserver fe80::1%no-such-interface",
                        "nameserver x%lo",
                        "nameservers 192.0.2.9",
                        "nameserver 192.0.2.1"))
                .containsExactly("192.0.2.1:53");
    }

    @Test
    void withoutAnyItIsTheOneOfThisMachine() {
        assertThat(servers("search example.com")).containsExactly("127.0.0.1:53");
    }

    @Test
    void aNameThatIsNotInTheHostsFileIsNotKnown() {
        SystemNames system =
                new SystemNames(SystemNames.servers(List.of()), Map.of("a", Resolution.NONE.ipv4()), Map.of());
        assertThat(system.find("a")).isNull();
        assertThat(system.find("b")).isNull();
    }

    @Test
    void theFilesOfThisMachineCanBeRead() {
        assertThat(SystemNames.read().servers()).isNotEmpty();
    }
}
