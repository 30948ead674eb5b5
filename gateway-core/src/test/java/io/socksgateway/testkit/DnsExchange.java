package io.socksgateway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsOpCode;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A question to a {@link DnsFixture} and the response in the making. It may be sent several times, each time as it is
 * then; until it is sent the client waits.
 */
public final class DnsExchange {

    private final Channel channel;
    private final int id;
    private final boolean edns;
    private final DnsQuestion asked;
    private final @Nullable InetSocketAddress client;
    private final List<Consumer<DnsResponse>> parts = new ArrayList<>();
    private String owner;
    private DnsQuestion question;
    private int idOffset;

    DnsExchange(Channel channel, DnsQuery query, DnsQuestion asked, @Nullable InetSocketAddress client) {
        this.channel = channel;
        this.id = query.id();
        this.edns = query.count(DnsSection.ADDITIONAL) > 0;
        this.asked = asked;
        this.client = client;
        this.owner = asked.name();
        this.question = asked;
    }

    public boolean asksFor(String type) {
        return asked.type().name().equals(type);
    }

    public boolean isTcp() {
        return client == null;
    }

    /** Whether the question has an OPT record. */
    public boolean hasEdns() {
        return edns;
    }

    /** The port that the question came from; 0 over TCP. */
    public int clientPort() {
        return client == null ? 0 : client.getPort();
    }

    /** Adds an address if it is of the family that was asked for. */
    public DnsExchange address(String literal, long ttl) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(literal);
        return asksFor(octets.length == 4 ? "A" : "AAAA") ? record(owner, asked.type(), ttl, octets) : this;
    }

    /** Adds an alias; what is added then belongs to its target. */
    public DnsExchange alias(String target, long ttl) {
        record(owner, DnsRecordType.CNAME, ttl, encoded(target));
        owner = target;
        return this;
    }

    public DnsExchange record(String name, DnsRecordType type, long ttl, byte[] content) {
        parts.add(response -> response.addRecord(
                DnsSection.ANSWER, new DefaultDnsRawRecord(name, type, ttl, Unpooled.copiedBuffer(content))));
        return this;
    }

    /** Adds the sign that there are no such addresses. */
    public DnsExchange none() {
        parts.add(response -> response.addRecord(
                DnsSection.AUTHORITY,
                new DefaultDnsRawRecord("example.", DnsRecordType.SOA, 60, Unpooled.EMPTY_BUFFER)));
        return this;
    }

    public DnsExchange code(DnsResponseCode code) {
        parts.add(response -> response.setCode(code));
        return this;
    }

    public DnsExchange truncated() {
        parts.add(response -> response.setTruncated(true));
        return this;
    }

    /** From now on answers with another id. */
    public DnsExchange idOffset(int offset) {
        idOffset = offset;
        return this;
    }

    /** From now on answers a question for another name. */
    public DnsExchange question(String name) {
        question = new DefaultDnsQuestion(name, asked.type());
        return this;
    }

    /** Forgets the records. */
    public DnsExchange clear() {
        parts.clear();
        owner = asked.name();
        question = asked;
        return idOffset(0);
    }

    public DnsExchange send() {
        int responseId = (id + idOffset) & 0xFFFF;
        DnsResponse response = client == null
                ? new DefaultDnsResponse(responseId)
                : new DatagramDnsResponse(
                        (InetSocketAddress) channel.localAddress(),
                        client,
                        responseId,
                        DnsOpCode.QUERY,
                        DnsResponseCode.NOERROR);
        response.setRecursionAvailable(true);
        response.addRecord(DnsSection.QUESTION, question);
        parts.forEach(part -> part.accept(response));
        channel.writeAndFlush(response);
        return this;
    }

    public void sendAfter(long millis) {
        channel.eventLoop().schedule(this::send, millis, TimeUnit.MILLISECONDS);
    }

    /** Sends octets that are no response, over UDP. */
    public DnsExchange sendGarbage(String hex) {
        ByteBuf octets = Hex.buffer(hex);
        channel.pipeline().firstContext().writeAndFlush(new DatagramPacket(octets, client));
        return this;
    }

    /** The id of the question as octets, for garbage that looks like its answer. */
    public String idHex() {
        return "%04x".formatted(id);
    }

    private static byte[] encoded(String name) {
        ByteBuf out = Unpooled.buffer();
        for (String label : name.split("\\.", -1)) {
            out.writeByte(label.length()).writeCharSequence(label, StandardCharsets.UTF_8);
        }
        out.writeByte(0);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }
}
