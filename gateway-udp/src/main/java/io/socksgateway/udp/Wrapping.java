package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.session.Encapsulation;
import io.socksgateway.core.session.ProtectionException;
import org.jspecify.annotations.Nullable;

/**
 * What is around the datagrams between a client and us.
 *
 * <p>Confined to its event loop.
 */
interface Wrapping {

    /** That of a client; null for one that does not wrap its messages. */
    static Wrapping of(@Nullable Encapsulation encapsulation) {
        if (encapsulation == null) {
            return new Nothing();
        }
        encapsulation.addDatagrams();
        return new Messages(encapsulation);
    }

    /**
     * What is in a datagram of the client, or null if it is not what the client has sent, or was there before.
     *
     * @param datagram released, unless nothing is returned
     */
    @Nullable
    ByteBuf open(ByteBuf datagram);

    /**
     * A datagram for the client, or null if that would be too long.
     *
     * @param datagram released, unless nothing is returned
     */
    @Nullable
    ByteBuf seal(ByteBuf datagram);

    /** Datagrams as they are. */
    record Nothing() implements Wrapping {

        @Override
        public ByteBuf open(ByteBuf datagram) {
            return datagram;
        }

        @Override
        public ByteBuf seal(ByteBuf datagram) {
            return datagram;
        }
    }

    /** Each datagram whole, its header too, is one message (RFC 1961 section 5). */
    record Messages(Encapsulation encapsulation) implements Wrapping {

        @Override
        public @Nullable ByteBuf open(ByteBuf datagram) {
            try {
                byte[] octets = encapsulation.openDatagram(datagram);
                ByteBuf opened = datagram.alloc().buffer(octets.length).writeBytes(octets);
                datagram.release();
                return opened;
            } catch (ProtectionException e) {
                return null;
            }
        }

        @Override
        public @Nullable ByteBuf seal(ByteBuf datagram) {
            try {
                ByteBuf sealed = encapsulation.sealDatagram(datagram, datagram.alloc());
                datagram.release();
                return sealed;
            } catch (ProtectionException e) {
                return null;
            }
        }
    }
}
