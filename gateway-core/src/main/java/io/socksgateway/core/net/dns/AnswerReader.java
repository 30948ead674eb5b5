package io.socksgateway.core.net.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the response to a question for addresses (RFC 1035 section 4, RFC 2308 section 2).
 *
 * <p>Only what follows from the question counts: its CNAMEs one after the other, then the addresses of the last name.
 * Records of other names, classes and sizes are passed over, so that nobody slips in addresses for a name that was not
 * asked for.
 */
final class AnswerReader {

    /** Of one family; more than these are never tried. */
    static final int MOST_ADDRESSES = 16;

    private static final int MOST_ALIASES = 16;

    private final DnsResponse response;
    private final DnsRecordType type;
    private String name;
    private long ttl = Integer.MAX_VALUE;

    private AnswerReader(DnsResponse response, DnsQuestion question) {
        this.response = response;
        this.type = question.type();
        this.name = lowerCase(question.name());
    }

    /** What the response says; it is not released. */
    static Answer read(DnsResponse response, DnsQuestion question) {
        if (response.code().equals(DnsResponseCode.NXDOMAIN)) {
            return new Answer.Missing();
        }
        return response.code().equals(DnsResponseCode.NOERROR)
                ? new AnswerReader(response, question).read()
                : new Answer.Failed(response.code().toString());
    }

    private Answer read() {
        String asked = name;
        for (int i = 0; i < MOST_ALIASES; i++) {
            List<InetAddress> addresses = addresses();
            if (!addresses.isEmpty()) {
                return new Answer.Found(addresses, ttl);
            }
            Optional<String> alias = alias();
            if (alias.isEmpty()) {
                return withoutAddresses(asked);
            }
            name = alias.get();
        }
        return new Answer.Failed("a chain of more than " + MOST_ALIASES + " CNAMEs");
    }

    private Answer withoutAddresses(String asked) {
        if (response.isTruncated()) {
            return new Answer.Failed("truncated");
        }
        return name.equals(asked) || saysThatThereIsNone() ? new Answer.Missing() : new Answer.Alias(name, ttl);
    }

    /** A SOA record beside an alias means that the server has followed it, to a name without such addresses. */
    private boolean saysThatThereIsNone() {
        for (int i = 0; i < response.count(DnsSection.AUTHORITY); i++) {
            if (response.recordAt(DnsSection.AUTHORITY, i).type().equals(DnsRecordType.SOA)) {
                return true;
            }
        }
        return false;
    }

    private List<InetAddress> addresses() {
        List<InetAddress> addresses = new ArrayList<>();
        int size = type.equals(DnsRecordType.A) ? 4 : 16;
        for (DnsRawRecord answer : answers(type)) {
            if (answer.content().readableBytes() == size && addresses.size() < MOST_ADDRESSES) {
                InetAddress address = Addresses.of(ByteBufUtil.getBytes(answer.content()));
                // An IPv4-mapped address is no IPv6 address that could be dialled.
                if (address.getAddress().length == size && !addresses.contains(address)) {
                    addresses.add(address);
                    ttl = Math.min(ttl, answer.timeToLive());
                }
            }
        }
        return addresses;
    }

    private Optional<String> alias() {
        for (DnsRawRecord answer : answers(DnsRecordType.CNAME)) {
            Optional<String> target = target(answer.content());
            if (target.isPresent()) {
                ttl = Math.min(ttl, answer.timeToLive());
                return target;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> target(ByteBuf content) {
        try {
            return Optional.of(lowerCase(DefaultDnsRecordDecoder.decodeName(content.duplicate())));
        } catch (CorruptedFrameException e) {
            return Optional.empty();
        }
    }

    /** The records for the current name. */
    private List<DnsRawRecord> answers(DnsRecordType wanted) {
        List<DnsRawRecord> found = new ArrayList<>();
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            DnsRecord answer = response.recordAt(DnsSection.ANSWER, i);
            if (answer instanceof DnsRawRecord raw
                    && raw.type().equals(wanted)
                    && raw.dnsClass() == DnsRecord.CLASS_IN
                    && lowerCase(raw.name()).equals(name)) {
                found.add(raw);
            }
        }
        return found;
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
