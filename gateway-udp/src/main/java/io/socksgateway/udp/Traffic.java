package io.socksgateway.udp;

import io.socksgateway.core.net.DeadlineWheel;
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
    private long bytesUp;
    private long bytesDown;
    private boolean onlyDns;
    private @Nullable Target latest;
    private @Nullable String denying;

    Traffic(DeadlineWheel wheel) {
        this.wheel = wheel;
        this.lastActive = wheel.now();
    }

    void sent(Target target, int octets) {
        bytesUp += octets;
        onlyDns = target.address().getPort() == DNS && (onlyDns || latest == null);
        latest = target;
        lastActive = wheel.now();
    }

    void answered(int octets) {
        bytesDown += octets;
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

    /** Octets of payload to targets. */
    long bytesUp() {
        return bytesUp;
    }

    /** Octets of payload to the client. */
    long bytesDown() {
        return bytesDown;
    }

    /** The target of the latest datagram. */
    @Nullable
    Target latest() {
        return latest;
    }

    /** The rule that has allowed the latest datagram; if none was allowed, the one that has denied. */
    @Nullable
    String rule() {
        return latest == null ? denying : latest.rule();
    }
}
