package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.Stopwatch;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A tunnel in which nothing moves any more, on each path. */
class IdleIT {

    private static final long OPEN = 600;
    private static final long HALF_CLOSED = 250;
    /** A limit that is not reached. */
    private static final long LONG = 60_000;

    private static final long TOLERANCE = 3_000;
    private static final int TRIES = 20;

    private interface Body {
        void holdsFor(CoreGateway gateway, OpenTunnel tunnel, Stopwatch watch) throws Exception;
    }

    private static void onEachPath(long open, long halfClosed, Body body) throws Exception {
        EachPath.run(path -> {
            try (CoreGateway gateway = start(path, open, halfClosed);
                    TestTarget target = TestTarget.manual()) {
                Stopwatch watch = Stopwatch.start();
                try (OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
                    body.holdsFor(gateway, tunnel, watch);
                }
            }
        });
    }

    private static CoreGateway start(RelayPath path, long open, long halfClosed) {
        return path.setup()
                .timeouts(Limits.standard().withIdle(open, halfClosed).config())
                .start();
    }

    @Test
    void isEndedAtBothEnds() throws Exception {
        onEachPath(OPEN, LONG, (gateway, tunnel, watch) -> {
            tunnel.client().expectEnd();
            assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
            assertIdle(gateway.nextRecord(), OPEN, watch);
        });
    }

    @Test
    void isEndedSoonerOnceTheClientHasEnded() throws Exception {
        onEachPath(LONG, HALF_CLOSED, (gateway, tunnel, watch) -> {
            tunnel.client().finish();
            assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
            assertIdle(gateway.nextRecord(), HALF_CLOSED, watch);
        });
    }

    @Test
    void isEndedSoonerOnceTheTargetHasEnded() throws Exception {
        onEachPath(LONG, HALF_CLOSED, (gateway, tunnel, watch) -> {
            tunnel.far().shutdownOutput();
            tunnel.client().expectEnd();
            assertIdle(gateway.nextRecord(), HALF_CLOSED, watch);
        });
    }

    private static void assertIdle(SessionRecord record, long limit, Stopwatch watch) {
        assertThat(record.reason()).isEqualTo(EndReason.IDLE);
        assertThat(record.durationMillis()).isGreaterThanOrEqualTo(limit);
        assertThat(record.durationMillis() - watch.paused()).isLessThan(limit + TOLERANCE);
    }

    /** A peer that stalls for ever is no reason to stay. */
    @Test
    void aStalledReaderIsIdleToo() throws Exception {
        onEachPath(OPEN, LONG, (gateway, tunnel, watch) -> {
            try {
                assertThat(Octets.fill(tunnel.near())).isPositive();
            } catch (IOException cutOff) {
                // filling up may take longer than the gateway waits
            }
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.IDLE);
        });
    }

    /** Something that happens in a tunnel, and has arrived when it returns. */
    private interface Move {
        void happen(CoreGateway gateway, OpenTunnel tunnel) throws Exception;
    }

    private static final Move UP = (gateway, tunnel) -> {
        tunnel.client().send("01");
        assertThat(tunnel.far().getInputStream().read()).isOne();
    };

    private static final Move DOWN = (gateway, tunnel) -> {
        tunnel.far().getOutputStream().write(2);
        tunnel.client().expect("02");
    };

    private static final Move CLIENT_ENDS = (gateway, tunnel) -> {
        tunnel.client().finish();
        assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
    };

    private static final Move TARGET_ENDS = (gateway, tunnel) -> {
        tunnel.far().close();
        tunnel.client().expectEnd();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    };

    @Test
    void livesAsLongAsAnythingMovesInEitherDirection() throws Exception {
        assertLives(OPEN, LONG, 150, UP, UP, UP, UP, DOWN, DOWN, DOWN, DOWN);
    }

    @Test
    void halfClosedItLivesAsLongAsAnythingMoves() throws Exception {
        assertLives(LONG, HALF_CLOSED, 100, CLIENT_ENDS, DOWN, DOWN, DOWN, DOWN, TARGET_ENDS);
    }

    /** With so many milliseconds in front of each move. A machine that pauses for as long as the limit proves nothing. */
    private static void assertLives(long open, long halfClosed, int silence, Move... moves) throws Exception {
        long limit = Math.min(open, halfClosed);
        EachPath.run(path -> {
            for (int i = 0; i < TRIES; i++) {
                try (CoreGateway gateway = start(path, open, halfClosed)) {
                    if (lives(gateway, limit, silence, List.of(moves))) {
                        return;
                    }
                }
            }
            throw new AssertionError("this machine has paused for " + limit + " ms in each of " + TRIES + " tries");
        });
    }

    /** Fails if it has ended though the last move was not as long ago as the limit; tells whether it has not ended. */
    private static boolean lives(CoreGateway gateway, long limit, int silence, List<Move> moves) throws Exception {
        long last = System.nanoTime();
        try (TestTarget target = TestTarget.manual();
                OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            for (Move move : moves) {
                tunnel.client().expectSilence(silence);
                long now = System.nanoTime();
                move.happen(gateway, tunnel);
                last = now;
            }
            return true;
        } catch (IOException | AssertionError ended) {
            if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last) < limit) {
                throw ended;
            }
            return false;
        }
    }
}
