package io.socksgateway.core.relay;

import static io.socksgateway.testkit.Unused.unused;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.relay.tunnel.Tunnels;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.KnownSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session without sockets. */
class RelaySessionTest {

    private static final Tunnels BROKEN = unused();

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final List<SessionRecord> log = new ArrayList<>();
    private final LiveSessions live = new LiveSessions();

    private RelaySession started() {
        RelayServices services = new RelayServices(
                new CurrentRules(new RuleSet(List.of(), (address, port) -> false)),
                unused(),
                log::add,
                TimeoutsConfig.DEFAULT,
                unused(),
                (loop, remote) -> loop.newPromise(),
                unused(),
                unused(),
                live);
        OpenSession open = new OpenSession(KnownSession.of("id", null).info(), client, Unpooled.EMPTY_BUFFER);
        RelaySession session = new RelaySession(
                services, open, client.eventLoop(), new DeadlineWheel(client.eventLoop()), BROKEN, ended -> {});
        session.start();
        return session;
    }

    /** Replies fail with an error, as without memory; one of another kind, as one of memory would end the run of the tests. */
    private void exhaust() {
        ByteBufAllocator exhausted = new AbstractByteBufAllocator() {
            @Override
            protected ByteBuf newHeapBuffer(int initial, int most) {
                throw new LinkageError("the test's");
            }

            @Override
            protected ByteBuf newDirectBuffer(int initial, int most) {
                throw new LinkageError("the test's");
            }

            @Override
            public boolean isDirectBufferPooled() {
                return false;
            }
        };
        assertThat(client.config().setAllocator(exhausted)).isSameAs(client.config());
    }

    private void assertGone(EndReason reason) {
        assertThat(log).extracting(SessionRecord::reason).containsExactly(reason);
        assertThat(live.size()).isZero();
        assertThat(client.isOpen()).isFalse();
        boolean unused = client.releaseOutbound();
    }

    private void assertReachingATargetEnds(RelaySession session) {
        EmbeddedChannel target = new EmbeddedChannel();
        session.opened(target, new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711));
        client.runPendingTasks();
        assertGone(EndReason.ERROR);
        assertThat(target.isOpen()).isFalse();
    }

    @Test
    void aDefectWhenTheTargetIsThereEndsIt() {
        RelaySession session = started();
        assertReachingATargetEnds(session);
    }

    @Test
    void soDoesAnError() {
        RelaySession session = started();
        exhaust();
        assertReachingATargetEnds(session);
    }

    @Test
    void orAReplyThatCannotBeMade() {
        RelaySession session = started();
        exhaust();
        session.failed(Failure.REFUSED);
        client.runPendingTasks();
        assertGone(Failure.REFUSED.reason());
    }
}
