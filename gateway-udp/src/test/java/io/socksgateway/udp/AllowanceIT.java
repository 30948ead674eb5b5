package io.socksgateway.udp;

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
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.MeteredQuotas;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Limits on octets, for datagrams. */
class AllowanceIT {

    private static MeteredQuotas traffic(long octets) {
        TrafficLimit limit = new TrafficLimit(octets, Period.MONTH, Counted.TOTAL, ZoneOffset.UTC);
        return new MeteredQuotas(
                new QuotaRule("volume", QuotaKey.USER, QuotaScope.NODE, false, SessionLimit.NONE, limit, null));
    }

    private static MeteredQuotas bandwidth(long up) {
        Bandwidth limit = new Bandwidth(up, Bandwidth.UNLIMITED);
        return new MeteredQuotas(
                new QuotaRule("speed", QuotaKey.USER, QuotaScope.NODE, false, SessionLimit.NONE, null, limit));
    }

    private static UdpGateway start(MeteredQuotas quotas) {
        UdpGateway.Setup setup = new UdpGateway.Setup();
        setup.core.quotas(quotas);
        return setup.start();
    }

    @Test
    void datagramsCountBothWaysAndTheAssociationEndsWhenNoMoreMayBeRelayed() throws Exception {
        try (MeteredQuotas quotas = traffic(10);
                UdpGateway gateway = start(quotas);
                UdpPeer target = new UdpPeer("127.0.0.1", 0);
                UdpClient client = gateway.associate()) {
            client.ping(target, "four"); // there and back
            client.sendText(target.address(), "xxx");
            Eventually.isTrue("dropped", () -> gateway.drops(Drop.QUOTA) == 1);
            client.ping(target, "1");
            Eventually.isTrue("ended", () -> {
                client.sendText(target.address(), "x");
                return !gateway.core().records().isEmpty();
            });
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.QUOTA);
            assertThat(record.quota()).isEqualTo("volume");
            assertThat(record.bytesUp() + record.bytesDown()).isEqualTo(10);
        }
    }

    @Test
    void datagramsBeyondABandwidthAreDroppedAndTheAssociationGoesOn() throws Exception {
        long rate = 200_000;
        try (MeteredQuotas quotas = bandwidth(rate);
                UdpGateway gateway = start(quotas);
                UdpPeer target = new UdpPeer("127.0.0.1", 0);
                UdpClient client = gateway.associate()) {
            client.ping(target, "the first one is not lost");
            String header = UdpClient.header(target.address());
            byte[] payload = new byte[1_000];
            long begin = System.nanoTime();
            long passed = 0;
            double best = 0;
            // a machine that is busy may keep us from asking for all of it in most whiles, but not in each
            for (int i = 0; i < 3 || (best < rate * 0.8 && i < 60); i++) {
                long start = System.nanoTime();
                long more = passed(client, header, payload, target);
                passed += more;
                best = i == 0 ? 0 : Math.max(best, more / seconds(start)); // the first has a full bucket
            }
            assertThat(gateway.drops(Drop.QUOTA)).isPositive();
            assertThat(best).as("the best while").isGreaterThan(rate * 0.8);
            assertThat(passed / (seconds(begin) + 0.25)).as("in all").isLessThan(rate * 1.2);
            Eventually.isTrue("on it goes", () -> {
                client.sendText(target.address(), "on");
                target.timeout(100);
                try {
                    return target.receive().length > 0;
                } catch (SocketTimeoutException none) {
                    return false;
                }
            });
            assertThat(gateway.core().records()).isEmpty();
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Sends far too much for half a second; how many octets came through. */
    private static long passed(UdpClient client, String header, byte[] payload, UdpPeer target) throws IOException {
        long passed = 0;
        target.timeout(1);
        for (long start = System.nanoTime(); seconds(start) < 0.5; ) {
            for (int i = 0; i < 5; i++) {
                client.send(header, payload);
            }
            try {
                while (true) {
                    passed += target.receive().length;
                }
            } catch (SocketTimeoutException none) {
                // on with it
            }
        }
        return passed;
    }
}
