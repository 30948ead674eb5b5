package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.wire.UdpHeader;
import java.util.Arrays;

/**
 * A name and port as they stand in a header: to be looked up without an object for each datagram.
 *
 * <p>Confined to its event loop.
 */
final class NameKey {

    private static final int LONGEST = 255;

    private final byte[] octets;
    private int length;
    private int port;
    private int hash;

    private NameKey(byte[] octets) {
        this.octets = octets;
    }

    /** A key to look up with, which is set again and again. */
    static NameKey probe() {
        return new NameKey(new byte[LONGEST]);
    }

    /** Takes the name of the header that was decoded last. */
    NameKey set(UdpHeader header, ByteBuf datagram) {
        length = header.nameLength();
        port = header.port();
        datagram.getBytes(header.nameIndex(datagram), octets, 0, length);
        int mixed = port;
        for (int i = 0; i < length; i++) {
            mixed = mixed * 31 + octets[i];
        }
        hash = mixed;
        return this;
    }

    /** The same key, to keep. */
    NameKey copy() {
        NameKey copy = new NameKey(Arrays.copyOf(octets, length));
        copy.length = length;
        copy.port = port;
        copy.hash = hash;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameKey that
                && hash == that.hash
                && port == that.port
                && Arrays.equals(octets, 0, length, that.octets, 0, that.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
