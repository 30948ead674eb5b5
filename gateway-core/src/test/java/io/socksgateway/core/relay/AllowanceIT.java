package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.quota.TrafficLimit.Counted;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.MeteredQuotas;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.Stopwatch;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits on octets, on every way that a tunnel may move them. */
class AllowanceIT {

    private static final int MIB = 1 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static QuotaRule traffic(long octets, Counted counted) {
        TrafficLimit limit = new TrafficLimit(octets, Period.MONTH, counted, ZoneOffset.UTC);
        return new QuotaRule("volume", QuotaKey.USER, QuotaScope.NODE, false, SessionLimit.NONE, limit, null);
    }

    private static QuotaRule bandwidth(long up, long down) {
        Bandwidth limit = new Bandwidth(up, down);
        return new QuotaRule("speed", QuotaKey.USER, QuotaScope.NODE, false, SessionLimit.NONE, null, limit);
    }

    private void send(Socket socket, long octets) {
        threads.execute(() -> {
            try {
                Octets.send(socket.getOutputStream(), octets);
                socket.shutdownOutput();
            } catch (IOException e) {
                // the receiver tells what is missing
            }
        });
    }

    /** Reads to the end, whatever it is. */
    private Future<Long> count(Socket socket) {
        return threads.submit(() -> {
            long count = 0;
            byte[] chunk = new byte[64 << 10];
            try {
                InputStream in = socket.getInputStream();
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    count += read;
                }
            } catch (IOException reset) {
                // the tunnel was cut
            }
            return count;
        });
    }

    @ParameterizedTest
    @EnumSource(RelayPath.class)
    void toTheOctetOverSeveralTunnelsAndThenTheyEnd(RelayPath path) throws Exception {
        long limit = 20L * MIB + 12_345;
        try (MeteredQuotas quotas = new MeteredQuotas(traffic(limit, Counted.TOTAL));
                CoreGateway gateway = path.setup().quotas(quotas).start();
                TestTarget target = TestTarget.manual()) {
            List<Future<Long>> counts = new ArrayList<>();
            List<OpenTunnel> tunnels = new ArrayList<>();
            for (int i = 0; i < 3; i++) { // all of them before the first octet: a fast path uses the limit up at once
                tunnels.add(OpenTunnel.through(gateway, target));
            }
            for (OpenTunnel tunnel : tunnels) {
                send(tunnel.near(), 50 * MIB);
                send(tunnel.far(), 50 * MIB);
                counts.add(count(tunnel.far()));
                counts.add(count(tunnel.near()));
            }
            long moved = 0;
            for (int i = 0; i < 3; i++) {
                SessionRecord record = gateway.nextRecord();
                assertThat(record.reason()).isEqualTo(EndReason.QUOTA);
                assertThat(record.quota()).isEqualTo("volume");
                moved += record.bytesUp() + record.bytesDown();
            }
            assertThat(moved).isEqualTo(limit);
            long seen = 0;
            for (Future<Long> count : counts) {
                seen += count.get(30, TimeUnit.SECONDS);
            }
            assertThat(seen).isLessThanOrEqualTo(limit);
            try (SocksClient late = gateway.client()) {
                late.greet().connectTo(target.address()).expect("05 02 00 01 00 00 00 00 00 00");
            }
            for (OpenTunnel tunnel : tunnels) {
                tunnel.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RelayPath.class)
    void whatIsWithinTheLimitArrivesWholeWithItsEnd(RelayPath path) throws Exception {
        long octets = 5L * MIB + 77;
        try (MeteredQuotas quotas = new MeteredQuotas(traffic(octets, Counted.UP));
                CoreGateway gateway = path.setup().quotas(quotas).start();
                TestTarget target = TestTarget.manual();
                OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            send(tunnel.near(), octets);
            assertThat(Octets.digest(tunnel.far().getInputStream(), octets)).isEqualTo(Octets.digest(octets));
            send(tunnel.far(), 3L * MIB);
            assertThat(count(tunnel.near()).get(30, TimeUnit.SECONDS)).isEqualTo(3L * MIB);
        }
    }

    @Test
    void aBandwidthIsThatOfAllTunnelsTogetherAndNothingGetsLost() throws Exception {
        EachPath.run(this::isOfAllTunnels);
    }

    /** Never faster, and as fast as that at least once: a busy machine has no time to be, with all paths at the same time. */
    private void isOfAllTunnels(RelayPath path) throws Exception {
        List<Double> seen = new ArrayList<>();
        do {
            assertThat(seen).as("times of what should take 1").hasSizeLessThan(5);
            seen.add(timeOfAllTunnels(path));
        } while (seen.get(seen.size() - 1) > 1.15);
    }

    /** How long it takes, without pauses of the machine, for each second that it should. */
    private double timeOfAllTunnels(RelayPath path) throws Exception {
        long rate = 2_000_000;
        long each = 4_000_000;
        long bucket = rate / 4; // full in the beginning
        try (MeteredQuotas quotas = new MeteredQuotas(bandwidth(rate, 100 * rate));
                CoreGateway gateway = path.setup().quotas(quotas).start();
                TestTarget target = TestTarget.manual();
                OpenTunnel one = OpenTunnel.through(gateway, target);
                OpenTunnel other = OpenTunnel.through(gateway, target)) {
            List<Future<String>> digests = new ArrayList<>();
            Stopwatch watch = Stopwatch.start();
            for (OpenTunnel tunnel : List.of(one, other)) {
                send(tunnel.near(), each);
                digests.add(threads.submit(() -> Octets.digest(tunnel.far().getInputStream(), each)));
            }
            for (Future<String> digest : digests) {
                assertThat(digest.get(30, TimeUnit.SECONDS)).isEqualTo(Octets.digest(each));
            }
            long all = watch.millis();
            long awake = watch.awake();
            double needed = 1_000.0 * (2 * each - bucket) / rate;
            assertThat((double) all).isGreaterThan(0.97 * needed);
            for (OpenTunnel tunnel : List.of(one, other)) {
                assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
            }
            return awake / needed;
        }
    }
}
