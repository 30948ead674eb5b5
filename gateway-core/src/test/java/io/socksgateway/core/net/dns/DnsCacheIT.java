package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.session.Failure;
import io.socksgateway.testkit.DnsExchange;
import io.socksgateway.testkit.DnsFixture;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LogCapture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsCacheIT extends DnsLookups {
    @ParameterizedTest
    @CsvSource({"0, 5", "1, 5", "60, 60", "300, 300", "86400, 300", "2147483647, 300"})
    void addressesAreRememberedForTheirTtlWithinLimits(long ttl, long seconds) {
        dns.on("example.com", exchange -> exchange.address("192.0.2.1", ttl).send());
        DnsNames names = names(AddressFamily.IPV4);
        assertThat(resolve(names, "example.com")).hasSize(1);
        clock.advanceMillis(seconds * 1_000 - 1);
        assertThat(resolve(names, "EXAMPLE.com.")).hasSize(1);
        assertThat(dns.questions()).hasSize(1);
        clock.advanceMillis(1);
        assertThat(resolve(names, "example.com")).hasSize(1);
        assertThat(dns.questions()).hasSize(2);
    }

    @Test
    void theShortestTtlOfAChainCounts() {
        dns.on("www.example.com", exchange -> exchange.alias("cdn.example.net", 10)
                .address("192.0.2.1", 3_600)
                .send());
        DnsNames names = names(AddressFamily.IPV4);
        assertThat(resolve(names, "www.example.com")).hasSize(1);
        clock.advanceMillis(10_000);
        assertThat(resolve(names, "www.example.com")).hasSize(1);
        assertThat(dns.questions()).hasSize(2);
    }

    @Test
    void thatThereIsNoSuchNameIsRememberedShortly() {
        DnsNames names = names(AddressFamily.IPV4);
        assertFailure(names, "nowhere.example").isEqualTo(Failure.NAME_UNKNOWN);
        clock.advanceMillis(4_999);
        assertFailure(names, "nowhere.example").isEqualTo(Failure.NAME_UNKNOWN);
        assertThat(dns.questions()).hasSize(1);
        clock.advanceMillis(1);
        assertFailure(names, "nowhere.example").isEqualTo(Failure.NAME_UNKNOWN);
        assertThat(dns.questions()).hasSize(2);
    }

    @Test
    void theCacheCanBeTurnedOff() {
        dns.name("example.com", "192.0.2.1");
        DnsNames names = names(AddressFamily.IPV4, 0);
        assertThat(resolve(names, "example.com")).hasSize(1);
        assertThat(resolve(names, "example.com")).hasSize(1);
        assertThat(dns.questions()).hasSize(2);
    }

    @Test
    void aNameThatManyAskForAtOnceIsAskedForOnce() throws Exception {
        BlockingQueue<DnsExchange> held = new LinkedBlockingQueue<>();
        dns.on("example.com", held::add);
        DnsNames names = names(AddressFamily.IPV4, 0);
        List<Future<List<InetSocketAddress>>> asking =
                IntStream.range(0, 200).mapToObj(i -> ask(names, "example.com")).toList();
        Objects.requireNonNull(held.poll(30, TimeUnit.SECONDS))
                .address("192.0.2.1", 60)
                .send();
        assertThat(asking).allSatisfy(each -> assertThat(done(each).getNow()).hasSize(1));
        assertThat(dns.questions()).hasSize(1);
    }

    /** Two name servers, so that there are eight seconds until names are given up, which answer when they are told to. */
    private final class Held {
        private final List<DnsFixture> servers = List.of(dns, fixture());
        private final Queue<DnsExchange> questions = new ConcurrentLinkedQueue<>();
        private volatile boolean answering;

        DnsNames names() {
            return DnsCacheIT.this.names(AddressFamily.IPV4, servers.toArray(DnsFixture[]::new));
        }

        void name(String name) {
            servers.forEach(server -> server.name(name, "192.0.2.1"));
        }

        /** Asks for so many names of its own, the first of them as fast as questions come through and the rest at once. */
        List<Future<List<InetSocketAddress>>> ask(
                int count, int first, IntFunction<Future<List<InetSocketAddress>>> asked) throws Exception {
            List<Future<List<InetSocketAddress>>> asking = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "n" + i + ".example";
                servers.forEach(server -> server.on(name, exchange -> {
                    questions.add(exchange);
                    answerAll();
                }));
                asking.add(asked.apply(i));
                if (i < first && i % 64 == 63) {
                    Eventually.isTrue("asked", () -> questions.size() >= asking.size());
                }
            }
            return asking;
        }

        void answer() {
            answering = true;
            answerAll();
        }

        private void answerAll() {
            for (DnsExchange next = answering ? questions.poll() : null; next != null; next = questions.poll()) {
                next.address("192.0.2.1", 60).send();
            }
        }
    }

    @Test
    void thereIsALimitToWhatIsAskedForAtATime() throws Exception {
        Held held = new Held();
        DnsNames names = held.names();
        List<Future<List<InetSocketAddress>>> asking = held.ask(1_500, LOOKUPS, i -> ask(names, "n" + i + ".example"));
        held.answer();
        long turnedAway = asking.stream()
                .map(each -> done(each).cause())
                .filter(cause -> String.valueOf(cause).contains("lookups are running"))
                .count();
        assertThat(turnedAway).isEqualTo(1_500 - LOOKUPS);
        // All have ended, and there is room again.
        held.name("example.com");
        assertThat(resolve(names, "example.com")).hasSize(1);
    }

    @Test
    void aClientWithNamesThatNobodyAnswersForDoesNotKeepOthersFromTheirs() throws Exception {
        InetAddress greedy = address("2001:db8:1:2::1");
        InetAddress neighbour = address("2001:db8:1:2::2"); // the same customer
        InetAddress other = address("2001:db8:1:3::1");
        Held held = new Held();
        DnsNames names = held.names();
        held.name("example.com");
        held.name("example.net");
        try (LogCapture log = LogCapture.open()) {
            List<Future<List<InetSocketAddress>>> asking = held.ask(
                    LOOKUPS + 100,
                    LOOKUPS / 2,
                    i -> names.resolveAll(loop(), "n" + i + ".example", 443, i % 2 == 0 ? greedy : neighbour));
            assertThat(done(names.resolveAll(loop(), "example.com", 443, other)).getNow())
                    .hasSize(1);
            held.answer();
            assertThat(asking)
                    .filteredOn(each -> done(each).cause() instanceof NameFailure failure && failure.isRefused())
                    .hasSize(LOOKUPS / 2 + 100);
            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("WARN client 2001:db8:1:2::/64 has its share"))
                    .hasSize(1);
        }
        // Its lookups have ended, and it has room again.
        assertThat(done(names.resolveAll(loop(), "example.net", 443, greedy)).getNow())
                .hasSize(1);
    }

    @Test
    void newServersOfTheSystemAreUsed() {
        DnsFixture other = fixture().name("example.com", "192.0.2.2");
        dns.name("example.com", "192.0.2.1");
        DnsNames names = names(AddressFamily.IPV4, 0);
        assertThat(resolve(names, "example.com")).containsExactly("192.0.2.1");
        names.refresh(new SystemNames(List.of(other.address()), Map.of(), Map.of()));
        assertThat(resolve(names, "example.com")).containsExactly("192.0.2.2");
        assertFailure(names, "printer").isEqualTo(Failure.NAME_UNKNOWN);
    }

    @Test
    void configuredServersStay() {
        DnsFixture other = fixture().name("example.com", "192.0.2.2");
        dns.name("example.com", "192.0.2.1");
        DnsNames names = names(AddressFamily.IPV4, 0, dns);
        names.refresh(new SystemNames(List.of(other.address()), Map.of(), Map.of()));
        assertThat(resolve(names, "example.com")).containsExactly("192.0.2.1");
    }

    @Test
    void opensWithTheFilesOfTheMachine() throws Exception {
        dns.name("example.com", "192.0.2.1");
        DnsNames names = DnsNames.open(vertx, List.of(dns.address()), AddressFamily.IPV4, 10, new LookupShares(LOOKUPS))
                .await(30, TimeUnit.SECONDS);
        assertThat(resolve(names, "example.com")).containsExactly("192.0.2.1");
    }

    /** As the old and the new ones of a reload. */
    @Test
    void whoSharesTheLimitWaitsForTheLookupsOfOthers() throws Exception {
        BlockingQueue<DnsExchange> held = new LinkedBlockingQueue<>();
        DnsFixture another = fixture().name("example.net", "192.0.2.2");
        dns.on("example.com", held::add);
        LookupShares one = new LookupShares(1);
        DnsNames before = DnsNames.open(vertx, List.of(dns.address()), AddressFamily.IPV4, 0, one)
                .await(30, TimeUnit.SECONDS);
        DnsNames after = DnsNames.open(vertx, List.of(another.address()), AddressFamily.IPV4, 0, one)
                .await(30, TimeUnit.SECONDS);
        Future<List<InetSocketAddress>> asking = ask(before, "example.com");
        assertThat(done(ask(after, "example.net")).cause()).hasMessageContaining("too many lookups");
        Objects.requireNonNull(held.poll(30, TimeUnit.SECONDS))
                .address("192.0.2.1", 60)
                .send();
        assertThat(done(asking).getNow()).hasSize(1);
        assertThat(resolve(after, "example.net")).containsExactly("192.0.2.2");
    }
}
