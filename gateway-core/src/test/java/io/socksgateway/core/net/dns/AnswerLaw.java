package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an answer must keep to, whatever a server sends: only addresses of the family asked for, each of them in the
 * datagram, and none that a record for another name could bring in.
 */
final class AnswerLaw {

    static final String ASKED = "www.example.com";

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(0);

    private AnswerLaw() {}

    static void holdsFor(byte[] datagram) {
        response(datagram).ifPresent(response -> {
            holdsFor(datagram, response, DnsRecordType.A, 4);
            holdsFor(datagram, response, DnsRecordType.AAAA, 16);
            assertThat(response.release()).as("nobody else has kept it").isTrue();
        });
    }

    /** The response in a datagram, if it is one, by the decoder that the resolver uses. */
    private static Optional<DnsResponse> response(byte[] datagram) {
        EmbeddedChannel channel = new EmbeddedChannel(new DatagramDnsResponseDecoder());
        try {
            ByteBuf content = DnsNames.HEAP.buffer().writeBytes(datagram);
            boolean decoded = channel.writeInbound(new DatagramPacket(content, ANYWHERE, ANYWHERE));
            return decoded ? Optional.of(channel.readInbound()) : Optional.empty();
        } catch (DecoderException | IndexOutOfBoundsException e) {
            return Optional.empty(); // as the resolver drops it
        } finally {
            assertThat(channel.finishAndReleaseAll()).isFalse();
        }
    }

    private static void holdsFor(byte[] datagram, DnsResponse response, DnsRecordType type, int size) {
        DnsQuestion question = new DefaultDnsQuestion(ASKED, type);
        Answer answer = AnswerReader.read(response, question);
        if (answer instanceof Answer.Found found) {
            assertThat(found.addresses())
                    .hasSizeBetween(1, AnswerReader.MOST_ADDRESSES)
                    .doesNotHaveDuplicates()
                    .allSatisfy(address -> {
                        byte[] octets = address.getAddress();
                        assertThat(octets).hasSize(size);
                        assertThat(ByteBufUtil.indexOf(
                                        Unpooled.wrappedBuffer(octets), Unpooled.wrappedBuffer(datagram)))
                                .isNotNegative();
                    });
            assertThat(found.ttl()).isNotNegative();
        } else if (answer instanceof Answer.Alias alias) {
            assertThat(alias.name())
                    .isNotEqualTo(question.name())
                    .isEqualTo(alias.name().toLowerCase(Locale.ROOT));
            assertThat(alias.ttl()).isNotNegative();
        } else if (answer instanceof Answer.Missing) {
            assertThat(response.code()).isIn(DnsResponseCode.NXDOMAIN, DnsResponseCode.NOERROR);
        }
        String stranger = "stranger-%x.example".formatted(Arrays.hashCode(datagram));
        response.addRecord(
                DnsSection.ANSWER, new DefaultDnsRawRecord(stranger, type, 0, Unpooled.wrappedBuffer(new byte[size])));
        assertThat(AnswerReader.read(response, question)).isEqualTo(answer);
    }
}
