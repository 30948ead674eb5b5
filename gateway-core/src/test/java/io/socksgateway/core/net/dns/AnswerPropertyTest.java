package io.socksgateway.core.net.dns;

import static io.socksgateway.core.fuzz.ClientFrames.join;
import static io.socksgateway.core.fuzz.ClientFrames.octets;

import io.socksgateway.core.fuzz.AnyOctets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Anything that a name server may send: the {@link AnswerLaw}. */
class AnswerPropertyTest {

    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int SOA = 6;
    private static final int AAAA = 28;

    /** Where the question begins, whose name records point to. */
    private static final byte[] POINTER = octets(0xC0, 12);

    @Property(tries = 2_000)
    void anyDatagram(@ForAll("datagrams") byte[] datagram) {
        AnswerLaw.holdsFor(datagram);
    }

    @Provide
    Arbitrary<byte[]> datagrams() {
        Arbitrary<Integer> codes = Arbitraries.frequency(Tuple.of(8, 0), Tuple.of(1, 3), Tuple.of(1, 2));
        Arbitrary<Integer> flags = Arbitraries.of(0x81, 0x83, 0x01); // a response, one that is cut, a question
        Arbitrary<byte[]> responses = Combinators.combine(
                        flags,
                        codes,
                        record().list().ofMaxSize(8),
                        record().list().ofMaxSize(1))
                .as(AnswerPropertyTest::datagram);
        return AnyOctets.orTamperedWith(responses);
    }

    private static byte[] datagram(int flags, int code, List<byte[]> answers, List<byte[]> authority) {
        byte[] header = octets(0, 1, flags, code, 0, 1, 0, answers.size(), 0, authority.size(), 0, 0);
        byte[] question = join(name(AnswerLaw.ASKED), octets(0, A, 0, 1));
        return join(header, question, join(answers.toArray(new byte[0][])), join(authority.toArray(new byte[0][])));
    }

    private Arbitrary<byte[]> record() {
        Arbitrary<byte[]> owners = Arbitraries.oneOf(
                Arbitraries.just(POINTER),
                Arbitraries.of("WWW.example.com", "a.test", "b.test").map(AnswerPropertyTest::name));
        Arbitrary<byte[]> mapped = AnyOctets.ofLength(4, 4).map(v4 -> join(new byte[10], octets(0xFF, 0xFF), v4));
        Arbitrary<byte[]> addresses = Arbitraries.oneOf(AnyOctets.ofLength(4, 4), AnyOctets.ofLength(16, 16), mapped);
        Arbitrary<byte[]> aliases =
                Arbitraries.of("a.test", "B.TEST", AnswerLaw.ASKED).map(AnswerPropertyTest::name);
        Arbitrary<byte[]> content = Arbitraries.oneOf(
                Arbitraries.of(A, AAAA).flatMap(type -> content(type, addresses)),
                content(CNAME, aliases),
                Arbitraries.of(A, AAAA, CNAME, SOA).flatMap(type -> content(type, AnyOctets.ofLength(0, 20))));
        return Combinators.combine(owners, content).as((owner, rest) -> join(owner, rest));
    }

    /** Type, class, TTL and the content with its length. */
    private static Arbitrary<byte[]> content(int type, Arbitrary<byte[]> contents) {
        Arbitrary<Integer> classes = Arbitraries.frequency(Tuple.of(9, 1), Tuple.of(1, 3));
        return Combinators.combine(classes, AnyOctets.ofLength(4, 4), contents)
                .as((dnsClass, ttl, octets) ->
                        join(octets(0, type, 0, dnsClass), ttl, octets(0, octets.length), octets));
    }

    private static byte[] name(String name) {
        byte[] labels = {};
        for (String label : name.split("\\.", -1)) {
            labels = join(labels, octets(label.length()), label.getBytes(StandardCharsets.US_ASCII));
        }
        return join(labels, octets(0));
    }
}
