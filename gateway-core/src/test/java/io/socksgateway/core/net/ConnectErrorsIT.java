package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.NetworkNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every way in which a network refuses a connection, made in network namespaces: a machine behind a router. */
class ConnectErrorsIT {

    private static final String NEAR = "02:00:00:00:00:01";
    private static final String FAR = "02:00:00:00:00:02";

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
        machine.ip("link add near address %s type veth peer name far address %s netns %s"
                .formatted(NEAR, FAR, router.id()));
        machine.ip("addr add 10.9.0.1/24 dev near");
        machine.ip("addr add fd09::1/64 dev near nodad");
        router.ip("addr add 10.9.0.2/24 dev far");
        router.ip("addr add fd09::2/64 dev far nodad");
        machine.ip("link set near up");
        router.ip("link set far up");
        machine.awaitUp("near");
        router.awaitUp("far");
        machine.ip("route add 198.51.100.0/24 via 10.9.0.2");
        machine.ip("-6 route add 2001:db8:1::/48 via fd09::2");
        machine.sysctl("net/ipv4/tcp_syn_retries", "1");
        askQuickly(machine, "near");
        // who is there need not answer up soon
        machine.ip("neigh replace 10.9.0.2 lladdr " + FAR + " dev near nud permanent");
        machine.ip("neigh replace fd09::2 lladdr " + FAR + " dev near nud permanent");
        router.ip("neigh replace 10.9.0.1 lladdr " + NEAR + " dev far nud permanent");
        router.ip("neigh replace fd09::1 lladdr " + NEAR + " dev far nud permanent");
    }

    /** Gives a neighbour that does not answer up soon. */
    private static void askQuickly(NetworkNamespace network, String device) throws Exception {
        for (String family : List.of("ipv4", "ipv6")) {
            network.sysctl("net/" + family + "/neigh/" + device + "/retrans_time_ms", "100");
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
        router.ip("link add lan type veth peer name empty");
        router.ip("link set lan up");
        router.ip("link set empty up");
        router.awaitUp("lan");
        router.ip("addr add 198.51.100.9/29 dev lan");
        router.ip("addr add 2001:db8:1:8::9/64 dev lan nodad");
        askQuickly(router, "lan");
    }

    @Test
    void eachErrorIsToldFromTheOthersAndHasItsReply() throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        // the router itself
        expected.put("198.51.100.1", "REFUSED errno 111 reply 05");
        expected.put("2001:db8:1::1", "REFUSED errno 111 reply 05");
        expected.put("192.0.2.1", "HOST_UNREACHABLE errno 113 reply 04");
        expected.put("192.0.2.2", "HOST_UNREACHABLE errno 13 reply 04");
        expected.put("192.0.2.3", "NETWORK_UNREACHABLE errno 22 reply 03");
        expected.put("192.0.2.4", "NETWORK_UNREACHABLE errno 101 reply 03");
        expected.put("203.0.113.1", "NETWORK_UNREACHABLE errno 101 reply 03"); // no route
        expected.put("2001:db8::1", "HOST_UNREACHABLE errno 113 reply 04");
        expected.put("2001:db8::2", "HOST_UNREACHABLE errno 13 reply 04");
        expected.put("2001:db8::3", "NETWORK_UNREACHABLE errno 22 reply 03");
        expected.put("2001:db8:f::1", "NETWORK_UNREACHABLE errno 101 reply 03"); // no route
        expected.put("127.0.0.1", "REFUSED errno 111 reply 05");
        expected.put("10.9.0.99", "HOST_UNREACHABLE errno 113 reply 04"); // nobody there
        expected.put("198.51.100.2", "HOST_UNREACHABLE errno 113 reply 04");
        expected.put("198.51.100.3", "HOST_UNREACHABLE errno 113 reply 04");
        expected.put("198.51.100.4", "TIMED_OUT errno 110 reply 06");
        expected.put("198.51.100.5", "NETWORK_UNREACHABLE errno 101 reply 03"); // the router has no route
        expected.put("198.51.100.10", "HOST_UNREACHABLE errno 113 reply 04"); // nobody there, says the router
        expected.put("fd09::99", "HOST_UNREACHABLE errno 113 reply 04"); // nobody there
        // Linux says "no route" for its IPv6 routes of this type, to others
        expected.put("2001:db8:1::2", "NETWORK_UNREACHABLE errno 101 reply 03");
        expected.put("2001:db8:1::3", "HOST_UNREACHABLE errno 13 reply 04");
        expected.put("2001:db8:1::4", "TIMED_OUT errno 110 reply 06");
        expected.put("2001:db8:1::5", "NETWORK_UNREACHABLE errno 101 reply 03"); // the router has no route
        expected.put("2001:db8:1:8::10", "HOST_UNREACHABLE errno 113 reply 04"); // nobody there, says the router
        try (NetworkNamespace machine = NetworkNamespace.create();
                NetworkNamespace router = NetworkNamespace.create()) {
            routesOfTheMachine(machine);
            connect(machine, router);
            routesOfTheRouter(router);
            List<String> arguments = new ArrayList<>(List.of("connect"));
            arguments.addAll(expected.keySet());
            Map<String, String> results = machine.java(ConnectProbe.class, arguments).stream()
                    .map(line -> line.split(" ", 2))
                    .filter(line -> expected.containsKey(line[0]))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
            assertThat(new TreeMap<>(results)).isEqualTo(new TreeMap<>(expected));
        }
    }

    @Test
    void aPeerOutOfReachIsNotWaitedFor() throws Exception {
        try (NetworkNamespace machine = NetworkNamespace.create()) {
            routesOfTheMachine(machine);
            machine.ip("addr add 10.9.0.1/32 dev lo");
            machine.ip("addr add fd09::1/128 dev lo nodad");
            machine.ip("route add 198.51.100.0/24 dev lo src 10.9.0.1");
            machine.ip("-6 route add 2001:db8:1::/48 dev lo src fd09::1");
            List<String> peers = new ArrayList<>(List.of("bind", "198.51.100.1", "2001:db8:1::1"));
            peers.addAll(List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "203.0.113.1"));
            peers.addAll(List.of("2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:f::1"));
            assertThat(machine.java(ConnectProbe.class, peers))
                    .filteredOn(line -> line.contains(" told "))
                    .containsExactly(
                            "198.51.100.1 reply 00 told 10.9.0.1",
                            "2001:db8:1::1 reply 00 told fd09::1",
                            "192.0.2.1 reply 04 told 0.0.0.0",
                            "192.0.2.2 reply 04 told 0.0.0.0",
                            "192.0.2.3 reply 03 told 0.0.0.0",
                            "192.0.2.4 reply 03 told 0.0.0.0",
                            "203.0.113.1 reply 03 told 0.0.0.0",
                            "2001:db8::1 reply 04 told 0.0.0.0",
                            "2001:db8::2 reply 04 told 0.0.0.0",
                            "2001:db8::3 reply 03 told 0.0.0.0",
                            "2001:db8:f::1 reply 03 told 0.0.0.0");
        }
    }

    @Test
    void anEgressAddressDoesNotUseUpItsPorts() throws Exception {
        try (NetworkNamespace machine = NetworkNamespace.create()) {
            machine.ip("addr add 10.9.0.1/32 dev lo");
            machine.sysctl("net/ipv4/ip_local_port_range", "40000 40007");
            List<String> results = machine.java(ConnectProbe.class, List.of("share", "10.9.0.1", "8"));
            assertThat(results).filteredOn("connected"::equals).hasSize(16);
        }
    }

    @Test
    void norDoesOneOfIpv6() throws Exception {
        try (NetworkNamespace machine = NetworkNamespace.create()) {
            machine.ip("addr add fd09::1/128 dev lo nodad");
            machine.sysctl("net/ipv4/ip_local_port_range", "40000 40007");
            List<String> results = machine.java(ConnectProbe.class, List.of("share", "fd09::1", "8"));
            assertThat(results).filteredOn("connected"::equals).hasSize(16);
        }
    }
}
