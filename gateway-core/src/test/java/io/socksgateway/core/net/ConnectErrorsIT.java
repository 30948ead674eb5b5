package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every way in which a network refuses a connection, made in network namespaces: a machine behind a router. */
class ConnectErrorsIT {

    /** Known at once: the machine's own routing table. */
    private static void routesOfTheMachine(NetworkNamespace machine) throws Exception {
        machine.ip("route add unreachable 192.0.2.1");
        machine.ip("route add prohibit 192.0.2.2");
        machine.ip("route add blackhole 192.0.2.3");
        machine.ip("route add throw 192.0.2.4");
        machine.ip("-6 route add unreachable 2001:db8::1");
        machine.ip("-6 route add prohibit 2001:db8::2");
        machine.ip("-6 route add blackhole 2001:db8::3");
    }

    private static void connect(NetworkNamespace machine, NetworkNamespace router) throws Exception {
        machine.ip("link add up type veth peer name down netns " + router.name());
        machine.ip("addr add 10.9.0.1/24 dev up");
        machine.ip("addr add fd09::1/64 dev up nodad");
        router.ip("addr add 10.9.0.2/24 dev down");
        router.ip("addr add fd09::2/64 dev down nodad");
        machine.ip("link set up up");
        router.ip("link set down up");
        machine.ip("route add 198.51.100.0/24 via 10.9.0.2");
        machine.ip("-6 route add 2001:db8:1::/48 via fd09::2");
        machine.sysctl("net/ipv4/tcp_syn_retries", "1");
        for (String family : List.of("ipv4", "ipv6")) {
            machine.sysctl("net/" + family + "/neigh/up/retrans_time_ms", "100");
        }
    }

    /** Known later: what the router says about it. */
    private static void routesOfTheRouter(NetworkNamespace router) throws Exception {
        router.sysctl("net/ipv4/ip_forward", "1");
        router.sysctl("net/ipv6/conf/all/forwarding", "1");
        router.sysctl("net/ipv4/icmp_ratelimit", "0");
        router.sysctl("net/ipv6/icmp/ratelimit", "0");
        router.ip("addr add 198.51.100.1 dev lo");
        router.ip("route add unreachable 198.51.100.2");
        router.ip("route add prohibit 198.51.100.3");
        router.ip("route add blackhole 198.51.100.4");
        router.ip("addr add 2001:db8:1::1 dev lo nodad");
        router.ip("-6 route add unreachable 2001:db8:1::2");
        router.ip("-6 route add prohibit 2001:db8:1::3");
        router.ip("-6 route add blackhole 2001:db8:1::4");
    }

    @Test
    void eachErrorIsToldFromTheOthers() throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("192.0.2.1", "HOST_UNREACHABLE errno 113");
        expected.put("192.0.2.2", "HOST_UNREACHABLE errno 13");
        expected.put("192.0.2.3", "NETWORK_UNREACHABLE errno 22");
        expected.put("192.0.2.4", "NETWORK_UNREACHABLE errno 101");
        expected.put("203.0.113.1", "NETWORK_UNREACHABLE errno 101"); // no route
        expected.put("2001:db8::1", "HOST_UNREACHABLE errno 113");
        expected.put("2001:db8::2", "HOST_UNREACHABLE errno 13");
        expected.put("2001:db8::3", "NETWORK_UNREACHABLE errno 22");
        expected.put("2001:db8:f::1", "NETWORK_UNREACHABLE errno 101"); // no route
        expected.put("127.0.0.1", "REFUSED errno 111");
        expected.put("10.9.0.99", "HOST_UNREACHABLE errno 113"); // nobody there
        expected.put("198.51.100.1", "REFUSED errno 111");
        expected.put("198.51.100.2", "HOST_UNREACHABLE errno 113");
        expected.put("198.51.100.3", "HOST_UNREACHABLE errno 113");
        expected.put("198.51.100.4", "TIMED_OUT errno 110");
        expected.put("198.51.100.5", "NETWORK_UNREACHABLE errno 101"); // the router has no route
        expected.put("fd09::99", "HOST_UNREACHABLE errno 113"); // nobody there
        expected.put("2001:db8:1::1", "REFUSED errno 111");
        expected.put("2001:db8:1::2", "HOST_UNREACHABLE errno 113");
        expected.put("2001:db8:1::3", "HOST_UNREACHABLE errno 13");
        expected.put("2001:db8:1::4", "TIMED_OUT errno 110");
        expected.put("2001:db8:1::5", "NETWORK_UNREACHABLE errno 101"); // the router has no route
        try (NetworkNamespace machine = NetworkNamespace.create("machine");
                NetworkNamespace router = NetworkNamespace.create("router")) {
            routesOfTheMachine(machine);
            connect(machine, router);
            routesOfTheRouter(router);
            String[] arguments = ("connect " + String.join(" ", expected.keySet())).split(" ", -1);
            Map<String, String> results = machine.java(ConnectProbe.class, arguments).stream()
                    .filter(line -> expected.containsKey(line.replaceAll(" .*", "")))
                    .collect(Collectors.toMap(
                            line -> line.replaceAll(" .*", ""), line -> line.replaceFirst("\\S+ ", "")));
            assertThat(new TreeMap<>(results)).isEqualTo(new TreeMap<>(expected));
        }
    }

    @Test
    void anEgressAddressDoesNotUseUpItsPorts() throws Exception {
        try (NetworkNamespace machine = NetworkNamespace.create("ports")) {
            machine.ip("addr add 10.9.0.1/32 dev lo");
            machine.sysctl("net/ipv4/ip_local_port_range", "40000 40007");
            List<String> results = machine.java(ConnectProbe.class, "share", "10.9.0.1", "8");
            assertThat(results).filteredOn("connected"::equals).hasSize(16);
        }
    }

    @Test
    void norDoesOneOfIpv6() throws Exception {
        try (NetworkNamespace machine = NetworkNamespace.create("ports6")) {
            machine.ip("addr add fd09::1/128 dev lo nodad");
            machine.sysctl("net/ipv4/ip_local_port_range", "40000 40007");
            List<String> results = machine.java(ConnectProbe.class, "share", "fd09::1", "8");
            assertThat(results).filteredOn("connected"::equals).hasSize(16);
        }
    }
}
