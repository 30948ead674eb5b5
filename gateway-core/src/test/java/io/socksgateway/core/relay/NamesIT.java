package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.Blackhole;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.Stopwatch;
import io.socksgateway.testkit.TestTarget;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a name leads to: the rules are asked about each address, and only an address that they allow is dialled. */
class NamesIT {

    private static final String REQUEST = "05 01 00 03 " + Hex.counted("Target.Example.") + " 0050";
    private static final String DENIED = "05 02 00 01 00000000 0000";

    private final AtomicInteger lookups = new AtomicInteger();

    private CoreGateway.Setup resolving(InetSocketAddress... addresses) {
        return CoreGateway.setup().names((loop, name, port) -> {
            lookups.incrementAndGet();
            return ImmediateEventExecutor.INSTANCE.newSucceededFuture(List.of(addresses));
        });
    }

    private static Rule rule(String id, boolean allow, String to) {
        Destinations destinations = Destinations.none().with(to).orElseThrow();
        return new Rule(id, allow, Set.of(), Set.of(), List.of(), Set.of(), destinations, List.of());
    }

    private static TestTarget targetOn(String address) throws Exception {
        return TestTarget.on(
                Addresses.parse(address).orElseThrow(),
                connection -> connection.getInputStream().transferTo(connection.getOutputStream()),
                0);
    }

    @Test
    void onlyTheAllowedAddressIsDialled() throws Exception {
        try (TestTarget denied = targetOn("127.0.0.2");
                TestTarget allowed = targetOn("127.0.0.1");
                CoreGateway gateway = resolving(denied.address(), allowed.address())
                        .rules(rule("no", false, "127.0.0.2"), rule("yes", true, "127.0.0.0/8"))
                        .start();
                SocksClient client = gateway.client()) {
            client.greet().send(REQUEST).expectSuccess();
            client.send("01").expect("01").finish().expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.dialled()).isEqualTo(allowed.address());
            assertThat(record.rule()).isEqualTo("yes");
            assertThat(record.requested()).hasToString("Target.Example.:80");
            assertThat(denied.mostOpen()).isZero();
        }
    }

    @Test
    void whenAllAreDeniedNothingIsDialled() throws Exception {
        try (TestTarget target = targetOn("127.0.0.2");
                CoreGateway gateway = resolving(target.address(), target.address())
                        .rules(rule("no", false, "127.0.0.2"), rule("yes", true, "127.0.0.0/8"))
                        .start();
                SocksClient client = gateway.client()) {
            client.greet().send(REQUEST).expect(DENIED).expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.DENIED);
            assertThat(record.rule()).isEqualTo("no");
            assertThat(target.mostOpen()).isZero();
        }
    }

    @Test
    void aNameThatLeadsInsideIsDeniedWithoutAnyRules() throws Exception {
        try (TestTarget target = targetOn("127.0.0.1");
                CoreGateway gateway = resolving(target.address()).rules().start();
                SocksClient client = gateway.client()) {
            client.greet().send(REQUEST).expect(DENIED).expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.DENIED);
            assertThat(target.mostOpen()).isZero();
        }
    }

    @Test
    void aDeniedNameIsNotLookedUp() throws Exception {
        try (CoreGateway gateway = resolving()
                        .rules(rule("no", false, "*.example"), rule("yes", true, "*"))
                        .start();
                SocksClient client = gateway.client()) {
            client.greet().send(REQUEST).expect(DENIED).expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.rule()).isEqualTo("no");
            assertThat(record.replyCode()).isEqualTo(2);
            assertThat(lookups).hasValue(0);
        }
    }

    @Test
    void anInternalLiteralIsDeniedInAnySpelling() throws Exception {
        try (TestTarget target = targetOn("127.0.0.1");
                CoreGateway gateway = CoreGateway.setup().rules().start()) {
            String port = "%04x".formatted(target.port());
            for (String address : new String[] {
                "01 7f000001",
                "04 00000000000000000000ffff7f000001",
                "03" + Hex.counted("127.0.0.1"),
                "03" + Hex.counted("::ffff:127.0.0.1"),
                "03" + Hex.counted("[::ffff:7f00:1]"),
                "04 0064ff9b00000000000000007f000001",
                "01 00000000"
            }) {
                try (SocksClient client = gateway.client()) {
                    client.greet().send("05 01 00" + address + port).expect(DENIED);
                }
            }
            assertThat(target.mostOpen()).isZero();
        }
    }

    @Test
    void theNextAddressIsTriedWhileTheFirstDoesNotAnswer() throws Exception {
        try (Blackhole hole = Blackhole.open();
                TestTarget target = targetOn("127.0.0.1");
                CoreGateway gateway =
                        resolving(hole.address(), target.address()).start();
                SocksClient client = gateway.client()) {
            Stopwatch watch = Stopwatch.start();
            client.greet().send(REQUEST).expectSuccess();
            assertThat(watch.millis()).isGreaterThanOrEqualTo(250);
            assertThat(watch.awake()).isLessThan(3_000);
            client.send("01").expect("01").finish().expectEnd();
            assertThat(gateway.nextRecord().dialled()).isEqualTo(target.address());
        }
    }

    @Test
    void theNextAddressIsTriedAtOnceWhenTheFirstRefuses() throws Exception {
        InetSocketAddress gone = ClosedPort.address();
        try (TestTarget target = targetOn("127.0.0.1");
                CoreGateway gateway = resolving(gone, target.address()).start();
                SocksClient client = gateway.client()) {
            client.greet().send(REQUEST).expectSuccess();
            client.send("01").expect("01");
        }
    }
}
