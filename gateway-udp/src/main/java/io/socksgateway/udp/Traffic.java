package io.socksgateway.udp;

import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.session.ByteCounts;
import org.jspecify.annotations.Nullable;

/**
 * What an association has relayed, and when last.
 *
 * <p>Confined to its event loop.
 */
final class Traffic {

    private static final int DNS = 53;

    private final DeadlineWheel wheel;
    private long lastActive;
    private final ByteCounts bytes = new ByteCounts();
    private boolean onlyDns;
    /** This and the next are written by the event loop only; others may read them. */
    private volatile @Nullable Target latest;

    private volatile @Nullable String denying;

    Traffic(DeadlineWheel wheel) {
        this.wheel = wheel;
        this.lastActive = wheel.now();
    }

    void sent(Target target, int octets) {
        bytes.addUp(octets);
        onlyDns = target.address().getPort() == DNS && (onlyDns || latest == null);
        latest = target;
        lastActive = wheel.now();
    }

    void answered(int octets) {
        bytes.addDown(octets);
        lastActive = wheel.now();
    }

    void denied(@Nullable String rule) {
        denying = rule;
    }

    /** When a datagram was relayed last, in milliseconds of the wheel. */
    long lastActive() {
        return lastActive;
    }

    /** Whether all datagrams so far went to port 53, and there were some. */
    boolean onlyDns() {
        return onlyDns;
    }

    /** Octets of payload. */
    ByteCounts bytes() {
        return bytes;
    }

    /** The target of the latest datagram. */
    @Nullable
    Target latest() {
        return latest;
    }

    /** The rule that has allowed the latest datagram; if none was allowed, the one that has denied. */
    @Nullable
    String rule() {
        Target target = latest;
        return target == null ? denying : target.rule();
    }
}
