package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BIND for a peer given by its name: judged by the addresses that the name has now. */
class BindNamesIT {

    private static final Map<String, List<String>> NAMES = Map.of(
            "one.test", List.of("127.0.0.1"),
            "two.test", List.of("127.0.0.2"),
            "both.test", List.of("127.0.0.2", "127.0.0.1"),
            "zero.test", List.of("0.0.0.0", "::"),
            "nowhere.test", List.of("224.0.0.9"),
            "somewhere.test", List.of("224.0.0.9", "127.0.0.1"));

    private @Nullable CoreGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static Future<List<InetSocketAddress>> resolve(EventLoop loop, String name, int port) {
        List<String> addresses = NAMES.get(name);
        return addresses == null
                ? loop.newFailedFuture(new NameFailure(Failure.NAME_UNKNOWN, name))
                : loop.newSucceededFuture(addresses.stream()
                        .map(text -> new InetSocketAddress(Addresses.parse(text).orElseThrow(), port))
                        .toList());
    }

    private static Rule rule(String id, boolean allow, String to) {
        Destinations destinations = Stream.of(to.split(" ", -1))
                .reduce(Destinations.none(), (sum, item) -> sum.with(item).orElseThrow(), (one, other) -> other);
        return new Rule(id, allow, Set.of(), Set.of(), List.of(), Set.of(), destinations, List.of());
    }

    /** A gateway that has these rules. */
    private SocksClient client(Rule... rules) throws Exception {
        CoreGateway started =
                CoreGateway.setup().names(BindNamesIT::resolve).rules(rules).start();
        gateway = started;
        return started.client();
    }

    private SessionRecord record() throws Exception {
        return Objects.requireNonNull(gateway).nextRecord();
    }

    private static String bind(String name) {
        return "05 02 00 03" + Hex.counted(name) + "00 15";
    }

    @Test
    void aNameThatHasNoAllowedAddressIsRefusedAtOnce() throws Exception {
        try (SocksClient client = client(rule("no-two", false, "127.0.0.2"), rule("all", true, "* @internal"))) {
            client.greet()
                    .send(bind("two.test"))
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();
            SessionRecord record = record();
            assertThat(record.reason()).isEqualTo(EndReason.DENIED);
            assertThat(record.rule()).isEqualTo("no-two");
        }
    }

    @Test
    void socks4aToo() throws Exception {
        try (SocksClient client = client(rule("no-two", false, "127.0.0.2"), rule("all", true, "* @internal"))) {
            client.send("04 02 00 15 00 00 00 01 00" + Hex.ascii("two.test") + "00")
                    .expect("00 5b 00 00 00 00 00 00")
                    .expectEnd();
        }
    }

    @Test
    void oneThatHasOnlyInternalAddressesIsRefusedByDefault() throws Exception {
        try (SocksClient client = client()) {
            client.greet()
                    .send(bind("one.test"))
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(record().reason()).isEqualTo(EndReason.DENIED);
        }
    }

    @Test
    void onlyItsAllowedAddressesAreLetIn() throws Exception {
        try (SocksClient client = client(rule("no-two", false, "127.0.0.2"), rule("all", true, "* @internal"))) {
            InetSocketAddress bound = client.greet().send(bind("both.test")).expectSuccess();
            BindIT.assertTurnedAway("7f000002", bound);
            try (Socket peer = BindIT.peer("7f000001", bound)) {
                assertThat(client.expectSuccess()).isEqualTo(peer.getLocalSocketAddress());
            }
        }
    }

    @Test
    void anUnspecifiedAddressOfANameIsNobody() throws Exception {
        try (SocksClient client = client(rule("all", true, "* @internal"))) {
            client.greet()
                    .send(bind("zero.test"))
                    .expect("05 02 00 01 00 00 00 00 00 00")
                    .expectEnd();
        }
    }

    /** A group has no route for TCP anywhere. */
    @ParameterizedTest
    @CsvSource({"missing.test, 04", "nowhere.test, 03"})
    void oneThatIsNotThereOrOutOfReachIsAFailureAtOnce(String name, String reply) throws Exception {
        try (SocksClient client = client(rule("all", true, "* @internal"))) {
            client.greet()
                    .send(bind(name))
                    .expect("05" + reply + "00 01 00 00 00 00 00 00")
                    .expectEnd();
            assertThat(record().reason()).isEqualTo(EndReason.REFUSED);
        }
    }

    @Test
    void anAddressWithARouteIsEnough() throws Exception {
        try (SocksClient client = client(rule("all", true, "* @internal"))) {
            InetSocketAddress bound =
                    client.greet().send(bind("somewhere.test")).expectSuccess();
            try (Socket peer = BindIT.peer("7f000001", bound)) {
                assertThat(client.expectSuccess()).isEqualTo(peer.getLocalSocketAddress());
            }
        }
    }
}
