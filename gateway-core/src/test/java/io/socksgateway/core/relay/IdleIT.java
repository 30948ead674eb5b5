package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A tunnel in which nothing moves any more. */
@ParameterizedClass
@EnumSource(RelayPath.class)
class IdleIT {

    private static final long OPEN = 600;
    private static final long HALF_CLOSED = 250;
    private static final long TOLERANCE = 3_000;

    private final CoreGateway gateway;
    private TestTarget target;
    private OpenTunnel tunnel;

    IdleIT(RelayPath path) {
        gateway = path.setup()
                .timeouts(Limits.standard().withIdle(OPEN, HALF_CLOSED).config())
                .start();
    }

    @BeforeEach
    void open() throws Exception {
        target = TestTarget.manual();
        tunnel = OpenTunnel.through(gateway, target);
    }

    @AfterEach
    void stop() throws Exception {
        tunnel.close();
        target.close();
        gateway.close();
    }

    @Test
    void isEndedAtBothEnds() throws Exception {
        tunnel.client().expectEnd();
        assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
        SessionRecord record = gateway.nextRecord();
        assertThat(record.reason()).isEqualTo(EndReason.IDLE);
        assertThat(record.durationMillis()).isBetween(OPEN, OPEN + TOLERANCE);
    }

    @Test
    void livesAsLongAsAnythingMovesInEitherDirection() throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            tunnel.client().expectSilence(150).send("01");
            assertThat(tunnel.far().getInputStream().read()).isOne();
        }
        for (int i = 0; i < 4; i++) {
            tunnel.client().expectSilence(150);
            tunnel.far().getOutputStream().write(2);
            tunnel.client().expect("02");
        }
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThan(OPEN + 400);
        assertThat(gateway.records()).isEmpty();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.IDLE);
    }

    @Test
    void isEndedSoonerOnceTheClientHasEnded() throws Exception {
        tunnel.client().finish();
        assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
        assertHalfClosedEnd();
    }

    @Test
    void isEndedSoonerOnceTheTargetHasEnded() throws Exception {
        tunnel.far().shutdownOutput();
        tunnel.client().expectEnd();
        assertHalfClosedEnd();
    }

    private void assertHalfClosedEnd() throws InterruptedException {
        SessionRecord record = gateway.nextRecord();
        assertThat(record.reason()).isEqualTo(EndReason.IDLE);
        assertThat(record.durationMillis()).isBetween(HALF_CLOSED, HALF_CLOSED + TOLERANCE);
    }

    @Test
    void halfClosedItLivesAsLongAsAnythingMoves() throws Exception {
        tunnel.client().finish();
        for (int i = 0; i < 4; i++) {
            tunnel.client().expectSilence(100);
            tunnel.far().getOutputStream().write(2);
            tunnel.client().expect("02");
        }
        tunnel.far().close();
        tunnel.client().expectEnd();
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    /** A peer that stalls for ever is no reason to stay. */
    @Test
    void aStalledReaderIsIdleToo() throws Exception {
        try {
            assertThat(Octets.fill(tunnel.near())).isPositive();
        } catch (IOException cutOff) {
            // filling up may take longer than the gateway waits
        }
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.IDLE);
    }
}
