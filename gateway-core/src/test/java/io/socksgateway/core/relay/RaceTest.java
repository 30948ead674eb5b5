package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.Ticker;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.net.ConnectFailure;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.session.Failure;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order, the pace and the outcome of connection attempts, with attempts that end when the test says so. */
class RaceTest {

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final EventLoop loop = channel.eventLoop();
    private final Attempts attempts = new Attempts();
    private final List<String> outcome = new ArrayList<>();

    /** Connects when it is told to. */
    private final class Attempts implements Connector {
        final Map<String, Promise<Channel>> byAddress = new LinkedHashMap<>();

        @Nullable
        Failure atOnce;

        @Override
        public Future<Channel> connect(EventLoop where, InetSocketAddress remote) {
            Promise<Channel> promise = where.newPromise();
            byAddress.put(Addresses.format(remote.getAddress()), promise);
            return atOnce == null ? promise : promise.setFailure(new ConnectFailure(atOnce, "at once"));
        }

        private Promise<Channel> to(String address) {
            return Objects.requireNonNull(byAddress.get(address), address);
        }

        void fail(String address, Failure failure) {
            to(address).setFailure(new ConnectFailure(failure, "told to"));
            channel.runPendingTasks();
        }

        EmbeddedChannel succeed(String address) {
            EmbeddedChannel connected = new EmbeddedChannel();
            to(address).setSuccess(connected);
            channel.runPendingTasks();
            return connected;
        }

        List<String> begun() {
            return List.copyOf(byAddress.keySet());
        }

        boolean isCancelled(String address) {
            return to(address).isCancelled();
        }
    }

    private Race race(String... addresses) {
        List<InetSocketAddress> targets = Stream.of(addresses)
                .map(address -> new InetSocketAddress(Addresses.parse(address).orElseThrow(), 443))
                .toList();
        Race race = new Race(attempts, loop, new DeadlineWheel(loop), targets, new Race.Listener() {
            @Override
            public void connected(Channel target, InetSocketAddress address) {
                outcome.add("connected " + Addresses.format(address.getAddress()));
            }

            @Override
            public void failed(Failure failure, InetSocketAddress address) {
                outcome.add(failure + " " + Addresses.format(address.getAddress()));
            }
        });
        race.start();
        return race;
    }

    private void advance(long millis) {
        for (long passed = 0; passed < millis; passed += 10) {
            ticker.advance(10, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void theNextIsTriedAfterAQuarterOfASecond() {
        var unused = race("192.0.2.1", "192.0.2.2", "192.0.2.3");
        assertThat(attempts.begun()).containsExactly("192.0.2.1");
        advance(240);
        assertThat(attempts.begun()).containsExactly("192.0.2.1");
        advance(110); // the wheel's steps make it late, never early
        assertThat(attempts.begun()).containsExactly("192.0.2.1", "192.0.2.2");
        advance(350);
        assertThat(attempts.begun()).hasSize(3);
        assertThat(outcome).isEmpty();
    }

    @Test
    void aFailureStartsTheNextAtOnce() {
        var unused = race("192.0.2.1", "192.0.2.2", "192.0.2.3");
        attempts.fail("192.0.2.1", Failure.REFUSED);
        assertThat(attempts.begun()).containsExactly("192.0.2.1", "192.0.2.2");
        advance(240);
        assertThat(attempts.begun()).hasSize(2);
    }

    @Test
    void theFamiliesTakeTurns() {
        attempts.atOnce = Failure.REFUSED;
        var unused = race("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2");
        channel.runPendingTasks();
        assertThat(attempts.begun())
                .containsExactly("2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "2001:db8::3");
    }

    @Test
    void ofALongListSixteenAreTriedOfBothFamilies() {
        attempts.atOnce = Failure.TIMED_OUT;
        var unused = race(Stream.concat(
                        IntStream.range(0, 30).mapToObj(i -> "192.0.2." + i),
                        IntStream.range(1, 31).mapToObj(i -> "2001:db8::%x".formatted(i)))
                .toArray(String[]::new));
        channel.runPendingTasks();
        assertThat(attempts.begun())
                .hasSize(16)
                .filteredOn(address -> address.contains(":"))
                .hasSize(8);
        assertThat(outcome).containsExactly("TIMED_OUT 192.0.2.0");
    }

    @Test
    void theFirstConnectionWinsAndTheOthersAreGivenUp() {
        var unused = race("192.0.2.1", "192.0.2.2", "192.0.2.3");
        advance(350);
        EmbeddedChannel target = attempts.succeed("192.0.2.2");
        assertThat(outcome).containsExactly("connected 192.0.2.2");
        assertThat(target.isOpen()).isTrue();
        assertThat(attempts.isCancelled("192.0.2.1")).isTrue();
        advance(1_000);
        assertThat(attempts.begun()).hasSize(2);
        assertThat(outcome).hasSize(1);
    }

    @Test
    void aSlowFirstMayStillWin() {
        var unused = race("192.0.2.1", "192.0.2.2");
        advance(350);
        EmbeddedChannel target = attempts.succeed("192.0.2.1");
        assertThat(outcome).containsExactly("connected 192.0.2.1");
        assertThat(target.isOpen()).isTrue();
        assertThat(attempts.isCancelled("192.0.2.2")).isTrue();
    }

    @Test
    void onceCancelledNothingIsHeardAndNothingStaysOpen() {
        Race race = race("192.0.2.1", "192.0.2.2");
        advance(350);
        race.cancel();
        assertThat(attempts.isCancelled("192.0.2.1")).isTrue();
        assertThat(attempts.isCancelled("192.0.2.2")).isTrue();
        advance(1_000);
        assertThat(outcome).isEmpty();
    }

    /** What the failures of three addresses, in this order, are reported as, and by which of them. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED, TIMED_OUT, HOST_UNREACHABLE, REFUSED 192.0.2.1",
        "TIMED_OUT, HOST_UNREACHABLE, REFUSED, REFUSED 192.0.2.3",
        "NETWORK_UNREACHABLE, TIMED_OUT, HOST_UNREACHABLE, HOST_UNREACHABLE 192.0.2.3",
        "NETWORK_UNREACHABLE, TIMED_OUT, LOCAL, TIMED_OUT 192.0.2.2",
        "LOCAL, NETWORK_UNREACHABLE, LOCAL, NETWORK_UNREACHABLE 192.0.2.2",
        "LOCAL, LOCAL, LOCAL, LOCAL 192.0.2.1",
        "REFUSED, REFUSED, REFUSED, REFUSED 192.0.2.1",
    })
    void theMostTellingFailureIsReported(Failure first, Failure second, Failure third, String reported) {
        var unused = race("192.0.2.1", "192.0.2.2", "192.0.2.3");
        attempts.fail("192.0.2.1", first);
        attempts.fail("192.0.2.2", second);
        assertThat(outcome).isEmpty();
        attempts.fail("192.0.2.3", third);
        assertThat(outcome).containsExactly(reported);
    }

    @Test
    void aFailureWaitsForTheAttemptsThatAreStillRunning() {
        var unused = race("192.0.2.1", "192.0.2.2");
        advance(350);
        attempts.fail("192.0.2.2", Failure.REFUSED);
        assertThat(outcome).isEmpty();
        assertThat(attempts.succeed("192.0.2.1").isOpen()).isTrue();
        assertThat(outcome).containsExactly("connected 192.0.2.1");
    }
}
