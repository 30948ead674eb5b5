package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.config.EgressConfig;
import io.socksgateway.core.config.UdpConfig;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.rules.PortRange;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A gateway with associations, and names that the test answers for. */
final class UdpGateway implements AutoCloseable {

    private final CoreGateway core;
    private final DropCounters drops;
    private final Names names;

    private UdpGateway(CoreGateway core, DropCounters drops, Names names) {
        this.core = core;
        this.drops = drops;
        this.names = names;
    }

    static UdpGateway start() {
        return new Setup().start();
    }

    /** What a test may set. */
    static final class Setup {
        final CoreGateway.Setup core = CoreGateway.setup();
        private @Nullable InetAddress advertise;
        private @Nullable PortRange ports;
        private long idle = 60_000;
        private long reassembly = 5_000;
        private boolean anySender;
        private boolean epoll = true;
        private List<InetAddress> egress = List.of();

        Setup advertise(String address) {
            advertise = address(address);
            return this;
        }

        Setup ports(int first, int last) {
            ports = new PortRange(first, last);
            return this;
        }

        Setup idle(long millis) {
            idle = millis;
            return this;
        }

        Setup reassembly(long millis) {
            reassembly = millis;
            return this;
        }

        Setup anySender() {
            anySender = true;
            return this;
        }

        Setup withoutEpoll() {
            epoll = false;
            core.withoutEpoll();
            return this;
        }

        Setup host(String host) {
            core.host(host);
            return this;
        }

        Setup proxyProtocol() {
            core.proxyProtocol();
            return this;
        }

        Setup rules(Rule... rules) {
            core.rules(rules);
            return this;
        }

        Setup egress(String... addresses) {
            egress = Arrays.stream(addresses).map(UdpGateway::address).toList();
            return this;
        }

        UdpGateway start() {
            Names names = new Names();
            List<UdpServices> shared = new CopyOnWriteArrayList<>();
            UdpConfig config = new UdpConfig(advertise, ports, idle, reassembly, anySender);
            core.names(names).with((bus, relay) -> {
                if (shared.isEmpty()) {
                    shared.add(UdpServices.of(
                            relay.currentRules(),
                            relay.quotas(),
                            relay.log(),
                            config,
                            new EgressConfig(egress),
                            names,
                            relay.live(),
                            new DropCounters(),
                            epoll));
                }
                return new UdpAssociationVerticle(bus, shared.get(0));
            });
            CoreGateway started = core.start();
            return new UdpGateway(started, shared.get(0).drops(), names);
        }
    }

    /** Names with the addresses that a test gives them; one without waits until it gets some. */
    static final class Names implements NameLookup {
        private final Map<String, List<InetAddress>> known = new ConcurrentHashMap<>();
        private final Map<String, Promise<List<InetSocketAddress>>> waiting = new ConcurrentHashMap<>();
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port) {
            asked.incrementAndGet();
            List<InetAddress> addresses = known.get(name);
            if (addresses == null) {
                return waiting.computeIfAbsent(name, missing -> loop.newPromise());
            }
            return addresses.isEmpty()
                    ? loop.newFailedFuture(new UnknownHostException(name))
                    : loop.newSucceededFuture(with(addresses, port));
        }

        private static List<InetSocketAddress> with(List<InetAddress> addresses, int port) {
            return addresses.stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        void put(String name, String... addresses) {
            known.put(name, Arrays.stream(addresses).map(UdpGateway::address).toList());
        }

        /** Answers a lookup that waits. */
        void answer(String name, int port, String... addresses) {
            put(name, addresses);
            waiter(name)
                    .setSuccess(with(
                            Arrays.stream(addresses).map(UdpGateway::address).toList(), port));
        }

        void fail(String name) {
            waiter(name).setFailure(new UnknownHostException(name));
        }

        private Promise<List<InetSocketAddress>> waiter(String name) {
            return Objects.requireNonNull(waiting.remove(name), name);
        }

        int asked() {
            return asked.get();
        }
    }

    static InetAddress address(String text) {
        return io.socksgateway.core.address.Addresses.parse(text).orElseThrow();
    }

    CoreGateway core() {
        return core;
    }

    Names names() {
        return names;
    }

    InetSocketAddress address() {
        return core.address();
    }

    long drops(Drop cause) {
        return drops.total(cause);
    }

    /** Waits for the first datagram that is dropped for this cause; fails after 30 seconds. */
    void awaitDrop(Drop cause) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (drops(cause) == 0 && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(drops(cause)).as("drops: %s", cause).isPositive();
    }

    SessionRecord nextRecord() throws InterruptedException {
        return core.nextRecord();
    }

    SocksClient client() throws IOException {
        return core.client();
    }

    /** A client with its association. */
    UdpClient associate() throws IOException {
        return UdpClient.associate(this, 0);
    }

    @Override
    public void close() {
        core.close();
    }
}
