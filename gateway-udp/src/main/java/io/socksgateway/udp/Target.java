package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.wire.UdpHeader;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An address and port that a client sends to, with what is known about it.
 *
 * <p>Confined to its event loop.
 */
final class Target {

    private final Key key;
    private final InetSocketAddress address;
    private final byte[] header;
    private @Nullable Verdict verdict;
    private @Nullable String rule;
    private boolean written;

    Target(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        this.key = new Key().set(Addresses.high(host), Addresses.low(host), address.getPort());
        this.address = address;
        this.header = header(address);
    }

    /** The header of a datagram that comes from an address. */
    static byte[] header(InetSocketAddress source) {
        ByteBuf out = Unpooled.buffer(UdpHeader.MAX_LENGTH);
        UdpHeader.encode(source.getAddress(), source.getPort(), out);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }

    Key key() {
        return key;
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isV6() {
        return address.getAddress() instanceof Inet6Address;
    }

    /** The header of its answers. */
    byte[] header() {
        return header;
    }

    /** The verdict on the address as such; null as long as it was reached by names only. */
    @Nullable
    Verdict verdict() {
        return verdict;
    }

    void verdict(Verdict decided) {
        verdict = decided;
    }

    /**
     * Lets it be judged again.
     *
     * @param allowed whether an address as such may be sent to: one that only a name allows has to be written to anew
     */
    void forgetVerdict(Predicate<InetSocketAddress> allowed) {
        verdict = null;
        written = written && allowed.test(address);
    }

    /** Whether the client has sent to it, so that answers are welcome. */
    boolean isWritten() {
        return written;
    }

    /**
     * Notes that the client sends to it.
     *
     * @param allowing id of the rule that has allowed it, if one has
     */
    void write(@Nullable String allowing) {
        written = true;
        rule = allowing;
    }

    /** The rule that has allowed it last. */
    @Nullable
    String rule() {
        return rule;
    }

    /** An address and port as numbers: to be looked up without an object for each datagram. */
    static final class Key {
        private long high;
        private long low;
        private int port;

        Key set(long highHalf, long lowHalf, int number) {
            high = highHalf;
            low = lowHalf;
            port = number;
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && high == that.high && low == that.low && port == that.port;
        }

        @Override
        public int hashCode() {
            long mixed = (high * 31 + low) * 0x9E37_79B9_7F4A_7C15L + port * 0xC2B2_AE3D_27D4_EB4FL;
            return (int) (mixed ^ mixed >>> 32);
        }
    }
}
