package io.socksgateway.core.net.dns;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Cidr;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether this machine reaches the IPv6 internet, as far as it knows itself: it has a route there and a global address to
 * send from. Asked anew after 10 seconds.
 *
 * <p>Thread-safe.
 */
final class Ipv6Route implements BooleanSupplier {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(10);

    /** All that is global (RFC 4291 section 2.4), for which a local address in fc00::/7 is no match. */
    private static final Cidr GLOBAL = Cidr.parse("2000::/3").orElseThrow();

    /** Any address that is global; nothing is sent to it. */
    private static final InetSocketAddress SOMEWHERE =
            new InetSocketAddress(Addresses.parse("2001:7fd::1").orElseThrow(), 53);

    private final LongSupplier nanos;
    private volatile Finding finding;

    private record Finding(boolean exists, long since) {}

    /**
     * Looks for the first time.
     *
     * @param nanos a clock in nanoseconds
     */
    Ipv6Route(LongSupplier nanos) {
        this.nanos = nanos;
        this.finding = new Finding(exists(), nanos.getAsLong());
    }

    @Override
    public boolean getAsBoolean() {
        Finding last = finding;
        long now = nanos.getAsLong();
        if (now - last.since >= FRESH) {
            last = new Finding(exists(), now);
            finding = last;
        }
        return last.exists;
    }

    /** Connecting a datagram socket looks the route up and sends nothing. */
    private static boolean exists() {
        try (DatagramChannel probe = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            probe.connect(SOMEWHERE);
            return probe.getLocalAddress() instanceof InetSocketAddress local && GLOBAL.contains(local.getAddress());
        } catch (IOException | UnsupportedOperationException noRoute) {
            return false;
        }
    }
}
