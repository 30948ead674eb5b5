package io.socksgateway.udp;

import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Direction;
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
    private final Allowance allowance;
    private final Runnable usedUp;
    private long lastActive;
    private final ByteCounts bytes = new ByteCounts();
    private boolean onlyDns;
    /** This and the next are written by the event loop only; others may read them. */
    private volatile @Nullable Target latest;

    private volatile @Nullable String denying;

    /**
     * No traffic yet.
     *
     * @param allowance what may be relayed
     * @param usedUp runs when there is something to relay, and will not be allowed any more
     */
    Traffic(DeadlineWheel wheel, Allowance allowance, Runnable usedUp) {
        this.wheel = wheel;
        this.allowance = allowance;
        this.usedUp = usedUp;
        this.lastActive = wheel.now();
    }

    /** Whether the quotas let a datagram through; if so, either it is relayed or {@link #notRelayed} is told. */
    boolean admits(Direction direction, int octets) {
        if (octets == 0 || allowance.takeWhole(direction, octets)) {
            return true;
        }
        if (allowance.usedUp(direction) != null) {
            usedUp.run();
        }
        return false;
    }

    void notRelayed(Direction direction, int octets) {
        allowance.giveBack(direction, octets);
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
