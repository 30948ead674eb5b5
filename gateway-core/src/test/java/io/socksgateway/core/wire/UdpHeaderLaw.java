package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;

/** A datagram's header is what {@link Socks5AddressCodec} makes of the same octets; what is none moves nothing. */
final class UdpHeaderLaw {

    private static final int ADDRESS = 3;

    private UdpHeaderLaw() {}

    static void holdsFor(byte[] octets) {
        ByteBuf in = Unpooled.wrappedBuffer(octets);
        UdpHeader header = new UdpHeader();
        boolean decoded = header.decode(in);
        ByteBuf again = Unpooled.wrappedBuffer(octets);
        boolean reservedIsZero = octets.length > ADDRESS && octets[0] == 0 && octets[1] == 0;
        Decoded<Endpoint> address =
                reservedIsZero ? Socks5AddressCodec.decode(again.skipBytes(ADDRESS)) : Decoded.incomplete();
        if (address instanceof Decoded.Complete<Endpoint> complete) {
            assertThat(decoded).isTrue();
            assertThat(in.readerIndex()).isEqualTo(again.readerIndex());
            assertThat(header.port()).isEqualTo(complete.value().port());
            Host host = header.isName()
                    ? header.host(in).orElseThrow()
                    : Host.of(header.socketAddress().getAddress());
            assertThat(host).isEqualTo(complete.value().host());
            assertThat(header.isFragment()).isEqualTo(octets[2] != 0);
        } else if (decoded) {
            assertThat(header.isName()).as("only a name is looked at later").isTrue();
            assertThat(header.host(in)).isEmpty();
        } else {
            assertThat(in.readerIndex()).isZero();
        }
    }
}
