package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.testkit.Hex;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    private static final Answer MISSING = new Answer.Missing();

    private final DnsResponse response = new DefaultDnsResponse(1);

    @AfterEach
    void release() {
        assertThat(response.release()).isTrue();
    }

    private Answer read(DnsRecordType type) {
        return AnswerReader.read(response, new DefaultDnsQuestion("www.Example.com", type));
    }

    private void answer(String owner, DnsRecordType type, long ttl, String hex) {
        answer(owner, type, DnsRecord.CLASS_IN, ttl, Hex.buffer(hex));
    }

    private void answer(String owner, DnsRecordType type, int dnsClass, long ttl, ByteBuf content) {
        response.addRecord(DnsSection.ANSWER, new DefaultDnsRawRecord(owner, type, dnsClass, ttl, content));
    }

    private void alias(String owner, String target, long ttl) {
        ByteBuf name = Unpooled.buffer();
        for (String label : target.split("\\.", -1)) {
            name.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
        }
        answer(owner, DnsRecordType.CNAME, DnsRecord.CLASS_IN, ttl, name.writeByte(0));
    }

    private static Answer found(long ttl, String... addresses) {
        return new Answer.Found(
                Stream.of(addresses).map(AnswerReaderTest::address).toList(), ttl);
    }

    private static InetAddress address(String literal) {
        return Addresses.parse(literal).orElseThrow();
    }

    @Test
    void takesAllAddressesInOrderWithTheLeastTtl() {
        answer("www.example.com", DnsRecordType.A, 300, "c0000202");
        answer("WWW.example.COM", DnsRecordType.A, 60, "c0000201");
        assertThat(read(DnsRecordType.A)).isEqualTo(found(60, "192.0.2.2", "192.0.2.1"));
    }

    @Test
    void takesOnlyTheFamilyAskedFor() {
        answer("www.example.com", DnsRecordType.A, 300, "c0000202");
        answer("www.example.com", DnsRecordType.AAAA, 30, "20010db8000000000000000000000001");
        assertThat(read(DnsRecordType.AAAA)).isEqualTo(found(30, "2001:db8::1"));
    }

    @Test
    void followsAliasesInAnyOrder() {
        answer("b.example.net", DnsRecordType.A, 3_600, "c0000201");
        alias("a.example.net", "b.example.net", 7);
        alias("www.example.com", "A.example.net", 60);
        assertThat(read(DnsRecordType.A)).isEqualTo(found(7, "192.0.2.1"));
    }

    @Test
    void addressesOfOtherNamesAreNoAnswer() {
        answer("example.com", DnsRecordType.A, 60, "c0000201");
        answer("victim.example", DnsRecordType.A, 60, "c0000202");
        assertThat(read(DnsRecordType.A)).isEqualTo(MISSING);
    }

    @Test
    void addressesBesideTheChainAreNoAnswer() {
        alias("www.example.com", "cdn.example", 60);
        answer("other.example", DnsRecordType.A, 60, "c0000201");
        assertThat(read(DnsRecordType.A)).isEqualTo(new Answer.Alias("cdn.example.", 60));
    }

    @Test
    void otherClassesAndSizesAreNoAnswer() {
        answer("www.example.com", DnsRecordType.A, 3, 60, Hex.buffer("c0000201"));
        answer("www.example.com", DnsRecordType.A, 60, "c00002");
        answer("www.example.com", DnsRecordType.A, 60, "");
        answer("www.example.com", DnsRecordType.A, 60, "20010db8000000000000000000000001");
        assertThat(read(DnsRecordType.A)).isEqualTo(MISSING);
    }

    @Test
    void aMappedAddressIsNoIpv6Address() {
        answer("www.example.com", DnsRecordType.AAAA, 60, "00000000000000000000ffff7f000001");
        assertThat(read(DnsRecordType.AAAA)).isEqualTo(MISSING);
    }

    @Test
    void anAddressCountsOnce() {
        answer("www.example.com", DnsRecordType.A, 60, "c0000201");
        answer("www.example.com", DnsRecordType.A, 60, "c0000201");
        assertThat(read(DnsRecordType.A)).isEqualTo(found(60, "192.0.2.1"));
    }

    @Test
    void aLongListIsCut() {
        for (int i = 0; i < 40; i++) {
            answer("www.example.com", DnsRecordType.A, 60, "c00002%02x".formatted(i));
        }
        assertThat(((Answer.Found) read(DnsRecordType.A)).addresses()).hasSize(AnswerReader.MOST_ADDRESSES);
    }

    @Test
    void aLoopOfAliasesEnds() {
        alias("www.example.com", "a.example", 60);
        alias("a.example", "www.example.com", 60);
        assertThat(read(DnsRecordType.A)).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void anAliasWithAnEndIsMissing() {
        alias("www.example.com", "cdn.example", 60);
        response.addRecord(
                DnsSection.AUTHORITY, new DefaultDnsRawRecord("example", DnsRecordType.SOA, 60, Unpooled.EMPTY_BUFFER));
        assertThat(read(DnsRecordType.AAAA)).isEqualTo(MISSING);
    }

    @Test
    void brokenAliasesAreNone() {
        answer("www.example.com", DnsRecordType.CNAME, 60, "05 61");
        assertThat(read(DnsRecordType.A)).isEqualTo(MISSING);
    }

    @Test
    void whatIsTruncatedWithoutAddressesIsNoAnswer() {
        response.setTruncated(true);
        assertThat(read(DnsRecordType.A)).isInstanceOf(Answer.Failed.class);
        answer("www.example.com", DnsRecordType.A, 60, "c0000201");
        assertThat(read(DnsRecordType.A)).isEqualTo(found(60, "192.0.2.1"));
    }

    @Test
    void codes() {
        assertThat(read(DnsRecordType.A)).isEqualTo(MISSING);
        response.setCode(DnsResponseCode.NXDOMAIN);
        assertThat(read(DnsRecordType.A)).isEqualTo(MISSING);
        for (DnsResponseCode code :
                List.of(DnsResponseCode.SERVFAIL, DnsResponseCode.REFUSED, DnsResponseCode.FORMERR)) {
            response.setCode(code);
            assertThat(read(DnsRecordType.A)).isInstanceOf(Answer.Failed.class);
        }
    }
}
