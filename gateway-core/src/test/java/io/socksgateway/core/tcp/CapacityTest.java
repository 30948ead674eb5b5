package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.embedded.EmbeddedChannel;
import io.socksgateway.core.wire.Command;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CapacityTest {

    private static final int MANY = 1_000;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Capacity.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap around
    private final EmbeddedChannel server = new EmbeddedChannel();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null); // the root's
    }

    private Capacity capacity(int sessions, int descriptors, int negotiating) {
        Capacity capacity = new Capacity(
                new CapacityLimits(sessions, Long.MAX_VALUE, sessions, descriptors, negotiating, 0), now::get);
        capacity.gate().add(server);
        return capacity;
    }

    private boolean accepts() {
        server.runPendingTasks();
        return server.config().isAutoRead();
    }

    private List<String> said() {
        List<String> lines = log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
        log.list.clear();
        return lines;
    }

    @Test
    void atTheLimitOfSessionsThereIsRoomAgainWhenOneEnds() {
        Capacity capacity = capacity(2, MANY, MANY);
        Place first = capacity.enter();
        assertThat(first.begin(Command.CONNECT)).isTrue();
        assertThat(capacity.enter().begin(Command.UDP)).isTrue();
        assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();
        assertThat(capacity.enter().begin(Command.BIND)).isFalse();

        first.leave();
        assertThat(capacity.enter().begin(Command.CONNECT)).isTrue();
        assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();
    }

    @Test
    void whoHasNoSessionTakesNoneWithHim() {
        Capacity capacity = capacity(1, MANY, MANY);
        Place refused = capacity.enter();
        assertThat(capacity.enter().begin(Command.CONNECT)).isTrue();
        assertThat(refused.begin(Command.CONNECT)).isFalse();
        refused.leave();
        capacity.enter().leave();
        assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();
    }

    /** Descriptors of each command, as the operating system would count them. */
    @Test
    void aSessionIsCountedByItsDescriptors() {
        Capacity capacity = capacity(MANY, 9, MANY);
        Place udp = capacity.enter();
        Place bind = capacity.enter();
        Place connect = capacity.enter();
        assertThat(udp.begin(Command.UDP)).isTrue(); // 4
        assertThat(bind.begin(Command.BIND)).isTrue(); // 7
        assertThat(capacity.enter().begin(Command.BIND)).isFalse();
        assertThat(connect.begin(Command.CONNECT)).isTrue(); // 9
        assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();

        bind.leave(); // 6
        assertThat(capacity.enter().begin(Command.UDP)).isFalse();
        assertThat(capacity.enter().begin(Command.BIND)).isTrue(); // 9
        connect.leave(); // 7
        assertThat(capacity.enter().begin(Command.CONNECT)).isTrue(); // 9
        udp.leave(); // 5
        assertThat(capacity.enter().begin(Command.UDP)).isTrue(); // 9
        assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();
    }

    @Test
    void whileTooManyNegotiateNobodyIsAccepted() {
        Capacity capacity = capacity(MANY, MANY, 2);
        Place first = capacity.enter();
        assertThat(accepts()).isTrue();
        Place second = capacity.enter();
        assertThat(accepts()).isFalse();

        second.leave();
        assertThat(accepts()).isTrue();

        Place third = capacity.enter();
        Place overtaking = capacity.enter(); // it was accepted before the gate was closed
        third.leave();
        assertThat(accepts()).isFalse();
        assertThat(first.begin(Command.CONNECT)).isTrue();
        assertThat(accepts()).isTrue();
        first.leave();
        overtaking.leave();
        assertThat(accepts()).isTrue();
    }

    @Test
    void whoIsRefusedNegotiatesUntilHeHasLeft() {
        Capacity capacity = capacity(1, MANY, 2);
        assertThat(capacity.enter().begin(Command.CONNECT)).isTrue();
        Place refused = capacity.enter();
        assertThat(refused.begin(Command.CONNECT)).isFalse();
        assertThat(capacity.enter()).isNotNull();
        assertThat(accepts()).isFalse();
        refused.leave();
        assertThat(accepts()).isTrue();
    }

    @Test
    void aListeningSocketThatIsClosedIsLeftAlone() {
        Capacity capacity = capacity(MANY, MANY, 1);
        Place client = capacity.enter();
        assertThat(accepts()).isFalse();
        server.close().syncUninterruptibly();
        client.leave();
        assertThat(accepts()).isFalse();
    }

    @Test
    void theLogHearsOfTheFirstRefusalAndOfTheEndOfAll() {
        Capacity capacity = capacity(1, MANY, MANY);
        Place first = capacity.enter();
        assertThat(first.begin(Command.CONNECT)).isTrue();
        assertThat(said()).isEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();
        }
        assertThat(said()).singleElement().asString().startsWith("WARN full: 1 sessions of at most 1");

        now.addAndGet(TimeUnit.SECONDS.toNanos(9));
        first.leave();
        Place next = capacity.enter();
        assertThat(next.begin(Command.CONNECT)).isTrue();
        assertThat(said()).as("too soon to say that it is over").isEmpty();
        assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();
        assertThat(said()).as("nor is it news").isEmpty();

        now.addAndGet(TimeUnit.SECONDS.toNanos(11));
        next.leave();
        assertThat(said()).containsExactly("INFO no longer full: 0 sessions; 6 requests were refused");
        assertThat(capacity.enter().begin(Command.CONNECT)).isTrue();
        assertThat(said()).isEmpty();
        assertThat(capacity.enter().begin(Command.CONNECT)).isFalse();
        assertThat(said()).singleElement().asString().startsWith("WARN full");
    }

    @Test
    void theLogHearsOfACrowd() {
        Capacity capacity = capacity(MANY, MANY, 2);
        Place first = capacity.enter();
        for (int i = 0; i < 5; i++) {
            capacity.enter().leave();
        }
        assertThat(said()).containsExactly("WARN 2 clients negotiate: others have to wait until they are accepted");
        now.addAndGet(TimeUnit.SECONDS.toNanos(11));
        first.leave();
        assertThat(said()).containsExactly("INFO no longer crowded: clients are accepted as they come");
    }
}
