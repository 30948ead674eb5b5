package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.internal.PlatformDependent;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.PortRange;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.Command;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Descriptors;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the gateway holds, and what it says, after tens of thousands of clients that mean no good. */
class HostileIT {

    private static final int CLIENTS = 30_000;
    private static final int WARM_UP = 3_000;
    private static final long SEED = Long.getLong("hostile.seed", 20_261_122);
    private static final long MAX_DIRECT_GROWTH = 16 << 20;
    /** Less than 140 octets for each client. */
    private static final long MAX_HEAP_GROWTH = 4 << 20;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        root.setLevel(Level.WARN);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
        root.setLevel(level);
    }

    @Test
    void hostileClientsLeaveNothingBehind() throws Exception {
        AtomicInteger granted = new AtomicInteger();
        try (TestTarget target = TestTarget.echo();
                CoreGateway gateway = gateway(target, granted)) {
            useOnce(gateway, target); // the JDK keeps some descriptors for its first sockets
            int before = Descriptors.open();
            HostileClients clients = new HostileClients(gateway.address(), target.address());
            clients.run(WARM_UP, ~SEED);
            assertNothingIsHeld(gateway, granted, before);
            long direct = PlatformDependent.usedDirectMemory();
            long heap = heap();

            clients.run(CLIENTS, SEED);

            assertThat(granted.get()).as("some have come through").isGreaterThan(CLIENTS / 100);
            assertNothingIsHeld(gateway, granted, before);
            assertSettlesBelow(
                    MAX_DIRECT_GROWTH, "growth of direct memory", () -> PlatformDependent.usedDirectMemory() - direct);
            assertSettlesBelow(MAX_HEAP_GROWTH, "growth of the heap", () -> heap() - heap);
            useOnce(gateway, target);
            assertNothingIsHeld(gateway, granted, before);
        }
        assertThat(List.copyOf(log.list))
                .as("log, seed %d", SEED)
                .noneMatch(event -> event.getLevel() == Level.ERROR || event.getThrowableProxy() != null);
    }

    /** No socket, and no grant. */
    private static void assertNothingIsHeld(CoreGateway gateway, AtomicInteger granted, int descriptors)
            throws Exception {
        assertThat(Descriptors.settled(descriptors))
                .as("descriptors, seed %d", SEED)
                .isLessThanOrEqualTo(descriptors);
        for (int i = granted.getAndSet(0); i > 0; i--) {
            assertThat(gateway.nextRelease()).isNotEmpty();
        }
        gateway.records().clear();
    }

    /** What is only not yet collected goes in the end; what has leaked stays. */
    private static void assertSettlesBelow(long most, String what, Callable<Long> growth) throws Exception {
        boolean ignored = Eventually.within(20_000, () -> growth.call() < most);
        assertThat(growth.call()).as("%s, seed %d", what, SEED).isLessThan(most);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void useOnce(CoreGateway gateway, TestTarget target) throws Exception {
        try (SocksClient client = gateway.client()) {
            client.tunnelTo(target.address())
                    .send("01 02 03")
                    .expect("01 02 03")
                    .finish()
                    .expectEnd();
        }
    }

    /** Whatever they ask for, only the target is dialled: and the names that lead there. */
    private static CoreGateway gateway(TestTarget target, AtomicInteger granted) {
        Destinations loopback =
                new Destinations(List.of(), List.of(Cidr.parse("127.0.0.1").orElseThrow()), false);
        PortRange ports = new PortRange(target.port(), target.port());
        Rule toTarget = new Rule(
                "target", true, Set.of(), Set.of(), List.of(), Set.of(Command.CONNECT), loopback, List.of(ports));
        Rule bind = new Rule(
                "any peer",
                true,
                Set.of(),
                Set.of(),
                List.of(),
                Set.of(Command.BIND),
                Destinations.ANY,
                List.of(new PortRange(0, 1)));
        return CoreGateway.setup()
                .rules(toTarget, bind)
                .auth("none", "userpass")
                .authenticator(request -> switch (request.credentials().user()) {
                    case "alice" -> Future.succeededFuture(new AuthOutcome.Accepted(new Identity("alice", Set.of())));
                    default -> Future.succeededFuture(new AuthOutcome.Rejected("wrong password"));
                })
                .quotas(request -> {
                    granted.incrementAndGet();
                    return Future.succeededFuture(new QuotaOutcome.Granted(List.of("all")));
                })
                .names((loop, name, port) -> loop.newSucceededFuture(List.of(
                        new InetSocketAddress(Addresses.parse("127.0.0.1").orElseThrow(), port))))
                .start();
    }
}
