package io.socksgateway.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.session.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimedNamesTest {

    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress FOUND = new InetSocketAddress(CLIENT, 443);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final EventLoop loop = channel.eventLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Promise<List<InetSocketAddress>> answer = loop.newPromise();
    private NameLookup names;

    @BeforeEach
    void open() {
        names = new TimedNames((where, name, port) -> answer, new Meters(registry));
    }

    private Future<List<InetSocketAddress>> ask() {
        return names.resolveAll(loop, "name.example", 443, CLIENT);
    }

    private String counts() {
        return "cached %.0f, refused %.0f, found %d, failed %d"
                .formatted(
                        registry.get(Meters.PREFIX + "dns.cached").counter().count(),
                        registry.get(Meters.PREFIX + "dns.refused").counter().count(),
                        registry.get(Meters.PREFIX + "dns.duration")
                                .tag("result", "found")
                                .timer()
                                .count(),
                        registry.get(Meters.PREFIX + "dns.duration")
                                .tag("result", "failed")
                                .timer()
                                .count());
    }

    @Test
    void whatIsKnownNeedsNoServerEvenIfItIsThatThereIsNoSuchName() {
        answer.setSuccess(List.of(FOUND));
        assertThat(ask().getNow()).containsExactly(FOUND);
        answer = loop.newPromise();
        answer.setFailure(new NameFailure(Failure.NAME_UNKNOWN, "no such name"));
        assertThat(ask().cause()).isNotNull();
        assertThat(counts()).isEqualTo("cached 2, refused 0, found 0, failed 0");
    }

    @Test
    void whatIsRefusedIsNotKnown() {
        answer.setFailure(NameFailure.refused("too many"));
        assertThat(ask().cause()).isNotNull();
        assertThat(counts()).isEqualTo("cached 0, refused 1, found 0, failed 0");
    }

    @Test
    void aRefusalThatComesALittleLaterIsNoAnswerEither() {
        Future<List<InetSocketAddress>> asked = ask();
        answer.setFailure(NameFailure.refused("too many"));
        channel.runPendingTasks();
        assertThat(asked.cause()).isNotNull();
        assertThat(counts()).isEqualTo("cached 0, refused 1, found 0, failed 0");
    }

    @Test
    void answersOfServersAreTimed() {
        Future<List<InetSocketAddress>> asked = ask();
        answer.setSuccess(List.of(FOUND));
        channel.runPendingTasks();
        assertThat(asked.isSuccess()).isTrue();
        answer = loop.newPromise();
        asked = ask();
        answer.setFailure(new NameFailure(Failure.NAME_UNANSWERED, "no answer"));
        channel.runPendingTasks();
        assertThat(asked.isSuccess()).isFalse();
        assertThat(counts()).isEqualTo("cached 0, refused 0, found 1, failed 1");
    }
}
