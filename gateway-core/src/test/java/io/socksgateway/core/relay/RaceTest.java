package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.net.ConnectFailure;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.session.Failure;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 8305 under a clock that stands still, with connections that are made or fail when the test says so. */
class RaceTest {

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final EventLoop loop = clock.eventLoop();
    private final Map<String, Promise<Channel>> attempts = new LinkedHashMap<>();
    private final List<String> heard = new ArrayList<>();
    private DeadlineWheel wheel = new DeadlineWheel(loop);

    @CanIgnoreReturnValue
    private Race race(String... addresses) {
        clock.freezeTime();
        wheel = new DeadlineWheel(loop);
        List<InetSocketAddress> all = List.of(addresses).stream()
                .map(address -> new InetSocketAddress(Addresses.parse(address).orElseThrow(), 80))
                .toList();
        Race race = new Race(this::connect, loop, wheel, all, new Race.Listener() {
            @Override
            public void connected(Channel target, InetSocketAddress address) {
                heard.add("connected " + text(address));
            }

            @Override
            public void failed(Failure failure, InetSocketAddress address) {
                heard.add("failed " + text(address) + " " + failure);
            }
        });
        race.start();
        return race;
    }

    private Future<Channel> connect(EventLoop eventLoop, InetSocketAddress remote) {
        Promise<Channel> promise = eventLoop.newPromise();
        assertThat(attempts.put(text(remote), promise)).isNull();
        return promise;
    }

    private static String text(InetSocketAddress address) {
        return Addresses.format(address.getAddress());
    }

    private Promise<Channel> attempt(String address) {
        return Objects.requireNonNull(attempts.get(address), () -> "not tried: " + address);
    }

    @CanIgnoreReturnValue
    private EmbeddedChannel connected(String address) {
        EmbeddedChannel channel = new EmbeddedChannel();
        attempt(address).trySuccess(channel);
        clock.runPendingTasks();
        return channel;
    }

    private void refuse(String address, Failure failure) {
        attempt(address).setFailure(new ConnectFailure(failure, "no"));
        clock.runPendingTasks();
    }

    private void advance(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runPendingTasks();
    }

    @Test
    void theOnlyAddress() {
        race("192.0.2.1");
        advance(10_000);
        assertThat(attempts.keySet()).containsExactly("192.0.2.1");
        connected("192.0.2.1");
        assertThat(heard).containsExactly("connected 192.0.2.1");
    }

    @Test
    void theNextOneAfter250Milliseconds() {
        race("192.0.2.1", "192.0.2.2", "192.0.2.3");
        advance(249);
        assertThat(attempts).hasSize(1);
        advance(101);
        assertThat(attempts.keySet()).containsExactly("192.0.2.1", "192.0.2.2");
        advance(350);
        assertThat(attempts).hasSize(3);
        connected("192.0.2.2");
        assertThat(heard).containsExactly("connected 192.0.2.2");
        assertThat(attempt("192.0.2.1").isCancelled()).isTrue();
        assertThat(attempt("192.0.2.3").isCancelled()).isTrue();
    }

    @Test
    void theNextOneAtOnceWhenOneFails() {
        race("192.0.2.1", "192.0.2.2");
        refuse("192.0.2.1", Failure.REFUSED);
        assertThat(attempts).hasSize(2);
        assertThat(heard).isEmpty();
        connected("192.0.2.2");
        assertThat(heard).containsExactly("connected 192.0.2.2");
        advance(10_000);
        assertThat(attempts).hasSize(2);
    }

    @Test
    void familiesTakeTurnsFromTheFirst() {
        race("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1");
        advance(2_000);
        advance(2_000);
        advance(2_000);
        assertThat(attempts.keySet()).containsExactly("2001:db8::1", "192.0.2.1", "2001:db8::2", "2001:db8::3");
    }

    @Test
    void allFailedWithTheLastCause() {
        race("192.0.2.1", "192.0.2.2");
        refuse("192.0.2.1", Failure.REFUSED);
        refuse("192.0.2.2", Failure.HOST_UNREACHABLE);
        assertThat(heard).containsExactly("failed 192.0.2.2 HOST_UNREACHABLE");
    }

    @Test
    void aFailureIsNoneWhileOthersRun() {
        race("192.0.2.1", "192.0.2.2");
        advance(400);
        refuse("192.0.2.2", Failure.REFUSED);
        assertThat(heard).isEmpty();
        connected("192.0.2.1");
        assertThat(heard).containsExactly("connected 192.0.2.1");
    }

    @Test
    void otherExceptionsAreOurOwnFault() {
        race("192.0.2.1");
        attempt("192.0.2.1").setFailure(new IllegalStateException("shut down"));
        clock.runPendingTasks();
        assertThat(heard).containsExactly("failed 192.0.2.1 LOCAL");
    }

    @Test
    void cancelledItIsSilentAndClosesWhatComesLate() {
        Race race = race("192.0.2.1", "192.0.2.2");
        advance(400);
        race.cancel();
        assertThat(attempt("192.0.2.1").isCancelled()).isTrue();
        assertThat(attempt("192.0.2.2").isCancelled()).isTrue();
        advance(10_000);
        assertThat(heard).isEmpty();
    }

    /** It was too late to cancel the other one: it has lost all the same and must not stay open. */
    @Test
    void theLoserIsClosed() {
        race("192.0.2.1", "192.0.2.2");
        advance(400);
        assertThat(attempt("192.0.2.2").setUncancellable()).isTrue();
        EmbeddedChannel winner = connected("192.0.2.1");
        EmbeddedChannel loser = connected("192.0.2.2");
        assertThat(heard).containsExactly("connected 192.0.2.1");
        assertThat(loser.isOpen()).isFalse();
        assertThat(winner.isOpen()).isTrue();
    }
}
