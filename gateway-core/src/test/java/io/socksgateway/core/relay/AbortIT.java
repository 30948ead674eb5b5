package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Descriptors;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunnels that end while octets are on their way: nothing is left behind, and no other tunnel notices. */
@ParameterizedClass
@EnumSource(RelayPath.class)
class AbortIT {

    private static final int MIB = 1 << 20;
    private static final int TUNNELS = 8;

    private final CoreGateway gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    AbortIT(RelayPath path) {
        gateway = path.setup().start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        gateway.close();
    }

    @Test
    void undeployedWhileOctetsMoveAndWhileTheyWait() throws Exception {
        int before = warmedUp();
        try (TestTarget target = TestTarget.manual()) {
            List<OpenTunnel> tunnels = new ArrayList<>();
            List<Future<Long>> filled = new ArrayList<>();
            for (int i = 0; i < TUNNELS; i++) {
                OpenTunnel tunnel = OpenTunnel.through(gateway, target);
                tunnels.add(tunnel);
                if (i % 2 == 0) {
                    filled.add(threads.submit(() -> Octets.fill(tunnel.near())));
                } else {
                    flood(tunnel);
                    assertThat(Octets.digest(tunnel.far().getInputStream(), 4 * MIB))
                            .isEqualTo(Octets.digest(4 * MIB));
                }
            }
            for (Future<Long> each : filled) {
                assertThat(each.get(120, TimeUnit.SECONDS)).isPositive();
            }
            gateway.undeployRelays();
            for (int i = 0; i < TUNNELS; i++) {
                assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.DRAINED);
            }
            for (OpenTunnel tunnel : tunnels) {
                tunnel.close();
            }
        }
        assertThat(Descriptors.settled(before)).isLessThanOrEqualTo(before);
    }

    /** A descriptor's number is another tunnel's as soon as it is free. */
    @Test
    void resetsDoNotHitTheNextOneWithTheSameDescriptors() throws Exception {
        Random random = new Random(4);
        try (TestTarget target = TestTarget.manual();
                OpenTunnel bystander = OpenTunnel.through(gateway, target)) {
            flood(bystander);
            for (int i = 0; i < 100; i++) {
                OpenTunnel tunnel = OpenTunnel.through(gateway, target);
                byte[] part = Octets.part(0, 1 + random.nextInt(4 * MIB));
                threads.execute(() -> {
                    try {
                        tunnel.near().getOutputStream().write(part);
                    } catch (IOException reset) {
                        // by the other end
                    }
                });
                int most = random.nextInt(part.length);
                assertThat(tunnel.far().getInputStream().readNBytes(most)).hasSize(most);
                (random.nextBoolean() ? tunnel.near() : tunnel.far()).setSoLinger(true, 0);
                tunnel.close();
                assertThat(gateway.nextRecord()).isNotNull();
            }
            assertThat(Octets.digest(bystander.far().getInputStream(), 16 * MIB))
                    .isEqualTo(Octets.digest(16 * MIB));
        }
    }

    private void flood(OpenTunnel tunnel) {
        threads.execute(() -> {
            try {
                Octets.send(tunnel.near().getOutputStream(), Long.MAX_VALUE - MIB);
            } catch (IOException over) {
                // the tunnel has ended
            }
        });
    }

    /** Descriptors of a gateway that has what it keeps. */
    private int warmedUp() throws Exception {
        int before = Descriptors.open();
        try (TestTarget target = TestTarget.manual()) {
            List<OpenTunnel> tunnels = new ArrayList<>();
            for (int i = 0; i < TUNNELS; i++) {
                OpenTunnel tunnel = OpenTunnel.through(gateway, target);
                tunnels.add(tunnel);
                flood(tunnel);
                assertThat(tunnel.far().getInputStream().readNBytes(MIB)).hasSize(MIB);
            }
            for (OpenTunnel tunnel : tunnels) {
                tunnel.close();
            }
        }
        for (int i = 0; i < TUNNELS; i++) {
            assertThat(gateway.records().poll(30, TimeUnit.SECONDS)).isNotNull();
        }
        return Math.max(before, Descriptors.open());
    }
}
