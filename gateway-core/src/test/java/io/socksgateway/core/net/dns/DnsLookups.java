package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.session.Failure;
import io.socksgateway.testkit.DnsFixture;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractObjectAssert;
import org.junit.jupiter.api.AfterEach;

/** Name servers of the test, and lookups with them under a clock that stands still. */
class DnsLookups {

    static final int LOOKUPS = 1_024;

    final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    final FakeNanos clock = new FakeNanos();
    final List<DnsFixture> fixtures = new ArrayList<>();
    final DnsFixture dns = fixture();
    boolean ipv6Route;

    DnsFixture fixture() {
        try {
            DnsFixture fixture = DnsFixture.start();
            fixtures.add(fixture);
            return fixture;
        } catch (BindException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
        fixtures.forEach(DnsFixture::close);
    }

    DnsNames names(AddressFamily family, DnsFixture... servers) {
        return names(family, 100, servers);
    }

    DnsNames names(AddressFamily family, int maxEntries, DnsFixture... servers) {
        SystemNames system = new SystemNames(
                List.of(dns.address()),
                Map.of("printer", List.of(address("192.0.2.77"))),
                Map.of("printer", List.of(address("2001:db8::77"))));
        return new DnsNames(
                ((VertxInternal) vertx).transport(),
                Stream.of(servers).map(DnsFixture::address).toList(),
                family,
                new NameCache(maxEntries, clock),
                system,
                () -> ipv6Route,
                new LookupShares(LOOKUPS),
                clock);
    }

    static InetAddress address(String literal) {
        return Addresses.parse(literal).orElseThrow();
    }

    EventLoop loop() {
        return ((VertxInternal) vertx).nettyEventLoopGroup().next();
    }

    Future<List<InetSocketAddress>> ask(DnsNames names, String name) {
        return names.resolveAll(loop(), name, 443);
    }

    static <T> Future<T> done(Future<T> future) {
        assertThat(future.awaitUninterruptibly(20, TimeUnit.SECONDS))
                .as("done in time")
                .isTrue();
        return future;
    }

    List<String> resolve(DnsNames names, String name) {
        Future<List<InetSocketAddress>> future = done(ask(names, name));
        assertThat(future.cause()).isNull();
        assertThat(future.getNow()).allMatch(address -> address.getPort() == 443);
        return future.getNow().stream()
                .map(address -> Addresses.format(address.getAddress()))
                .toList();
    }

    AbstractObjectAssert<?, Failure> assertFailure(DnsNames names, String name) {
        return assertThat(done(ask(names, name)).cause())
                .asInstanceOf(type(NameFailure.class))
                .extracting(NameFailure::kind);
    }

    // Families
}
