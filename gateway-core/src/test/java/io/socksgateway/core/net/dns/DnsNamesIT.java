package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.session.Failure;
import io.socksgateway.testkit.DnsExchange;
import io.socksgateway.testkit.DnsFixture;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.Stopwatch;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The look-up of names against name servers that answer, fail, are silent or lie. */
class DnsNamesIT extends DnsLookups {
    @ParameterizedTest
    @CsvSource({
        "ANY, false, '192.0.2.1,192.0.2.2,2001:db8::1,2001:db8::2', A AAAA",
        "ANY, true, '2001:db8::1,2001:db8::2,192.0.2.1,192.0.2.2', A AAAA",
        "IPV4, true, '192.0.2.1,192.0.2.2', A",
        "IPV6, false, '2001:db8::1,2001:db8::2', AAAA",
        "PREFER_IPV4, true, '192.0.2.1,192.0.2.2,2001:db8::1,2001:db8::2', A AAAA",
        "PREFER_IPV6, false, '2001:db8::1,2001:db8::2,192.0.2.1,192.0.2.2', A AAAA",
    })
    void asksForTheFamiliesInUseAndOrdersThem(AddressFamily family, boolean route, String expected, String types) {
        ipv6Route = route;
        dns.name("example.com", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2");
        assertThat(String.join(",", resolve(names(family), "Example.COM."))).isEqualTo(expected);
        assertThat(dns.questions())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(types.split(" ", -1))
                        .map(asked -> asked + " example.com.")
                        .toList());
    }

    @Test
    void aNameWithoutTheFamilyInUseIsUnknown() {
        dns.name("six.example", "2001:db8::1");
        assertFailure(names(AddressFamily.IPV4), "six.example").isEqualTo(Failure.NAME_UNKNOWN);
        assertThat(resolve(names(AddressFamily.PREFER_IPV4), "six.example")).containsExactly("2001:db8::1");
    }

    // Names that are not asked for, and those that are asked for as they stand

    @Test
    void localhostIsLoopbackWithoutAQuestion() {
        dns.name("localhost", "192.0.2.1").name("a.localhost", "192.0.2.1");
        assertThat(resolve(names(AddressFamily.ANY), "localhost")).containsExactly("127.0.0.1", "::1");
        assertThat(resolve(names(AddressFamily.IPV6), "a.b.LocalHost.")).containsExactly("::1");
        assertThat(dns.questions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"expyuzz4wqqyqhjn.onion", "a.invalid", "invalid."})
    void namesThatAreNeverInTheDnsAreUnknownWithoutAQuestion(String name) {
        assertFailure(names(AddressFamily.ANY), name).isEqualTo(Failure.NAME_UNKNOWN);
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void theHostsFileComesFirst() {
        dns.name("printer", "192.0.2.1");
        assertThat(resolve(names(AddressFamily.ANY), "Printer")).containsExactly("192.0.2.77", "2001:db8::77");
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void thereAreNoSearchDomains() {
        assertFailure(names(AddressFamily.IPV4), "wiki").isEqualTo(Failure.NAME_UNKNOWN);
        assertThat(dns.questions()).containsExactly("A wiki.");
    }

    @Test
    void underscoresAndOtherScriptsWork() {
        dns.name("_sip.example.com", "192.0.2.1").name("xn--bcher-kva.example", "192.0.2.2");
        assertThat(resolve(names(AddressFamily.ANY), "_sip.example.com")).containsExactly("192.0.2.1");
        assertThat(resolve(names(AddressFamily.ANY), "bücher.example")).containsExactly("192.0.2.2");
    }

    // Answers

    @Test
    void followsAliasesWithinAnAnswerAndBeyond() {
        dns.on("www.example.com", exchange -> exchange.alias("a.example.net", 60)
                .alias("b.example.net", 60)
                .send());
        dns.on("b.example.net", exchange -> exchange.alias("c.example.net", 60)
                .address("192.0.2.1", 60)
                .address("2001:db8::1", 60)
                .send());
        assertThat(resolve(names(AddressFamily.ANY), "www.example.com")).containsExactly("192.0.2.1", "2001:db8::1");
    }

    @Test
    void aLoopOfAliasesOverSeveralAnswersEnds() {
        dns.on("a.example", exchange -> exchange.alias("b.example", 60).send());
        dns.on("b.example", exchange -> exchange.alias("a.example", 60).send());
        assertFailure(names(AddressFamily.IPV4), "a.example").isEqualTo(Failure.NAME_UNANSWERED);
        assertThat(dns.questions()).hasSizeLessThan(12);
    }

    @Test
    void whatIsTruncatedIsFetchedOverTcp() {
        dns.on("big.example", exchange -> {
            if (exchange.isTcp()) {
                IntStream.range(0, 10).forEach(i -> exchange.address("192.0.2." + i, 60));
            } else {
                exchange.truncated();
            }
            exchange.send();
        });
        assertThat(resolve(names(AddressFamily.IPV4), "big.example")).hasSize(10);
    }

    @Test
    void aServerThatFailsOverTcpHasFailed() {
        dns.on("big.example", exchange -> {
            if (exchange.isTcp()) {
                exchange.code(DnsResponseCode.SERVFAIL).send();
            } else {
                exchange.truncated().send();
            }
        });
        DnsFixture second = fixture().name("big.example", "192.0.2.1");
        assertThat(resolve(names(AddressFamily.IPV4, dns, second), "big.example"))
                .containsExactly("192.0.2.1");
        assertThat(dns.asked("A", "big.example")).isEqualTo(2);
    }

    // Lies

    @Test
    void answersWithAnotherIdOrQuestionAreNoAnswers() {
        dns.on("example.com", exchange -> {
            exchange.address("192.0.2.66", 60).idOffset(1).send();
            exchange.idOffset(0).question("example.org").send();
            exchange.sendGarbage("00").sendGarbage("ff".repeat(600)).sendGarbage("");
            exchange.sendGarbage(exchange.idHex() + "8180 0001 0001 0000 0000 c00c");
            exchange.clear().address("192.0.2.1", 60).send();
        });
        assertThat(resolve(names(AddressFamily.IPV4), "example.com")).containsExactly("192.0.2.1");
    }

    /** Netty's decoder loses the alias, which the leak detector would find. */
    @Test
    void anAliasOfANameThatIsNoneLeaksNothing() {
        String owner = "46" + "61".repeat(70) + "00";
        String alias = owner + "0005 0001 0000003c 0003 01 61 00";
        dns.on("example.com", exchange -> {
            exchange.sendGarbage(exchange.idHex() + "8180 0000 0001 0000 0000" + alias);
            exchange.address("192.0.2.1", 60).send();
        });
        assertThat(resolve(names(AddressFamily.IPV4), "example.com")).containsExactly("192.0.2.1");
    }

    @Test
    void addressesOfNamesThatWereNotAskedForAreNotRemembered() {
        dns.on("evil.example", exchange -> exchange.address("192.0.2.66", 60)
                .record("bank.example", DnsRecordType.A, 300, Hex.bytes("c0000242"))
                .send());
        dns.name("bank.example", "192.0.2.1");
        DnsNames names = names(AddressFamily.IPV4);
        assertThat(resolve(names, "evil.example")).containsExactly("192.0.2.66");
        assertThat(resolve(names, "bank.example")).containsExactly("192.0.2.1");
    }

    @Test
    void eachQuestionHasAPortOfItsOwn() {
        BlockingQueue<Integer> ports = new LinkedBlockingQueue<>();
        dns.on("example.com", exchange -> {
            ports.add(exchange.clientPort());
            exchange.address("192.0.2.1", 60).send();
        });
        DnsNames names = names(AddressFamily.IPV4, 0);
        for (int i = 0; i < 8; i++) {
            assertThat(resolve(names, "example.com")).hasSize(1);
        }
        assertThat(ports.stream().distinct().count()).isGreaterThan(4);
    }

    // Servers that fail

    @Test
    void noSuchNameIsFinal() {
        DnsFixture second = fixture().name("nowhere.example", "192.0.2.1");
        assertFailure(names(AddressFamily.ANY, dns, second), "nowhere.example").isEqualTo(Failure.NAME_UNKNOWN);
        assertThat(second.questions()).isEmpty();
    }

    @Test
    void aServerThatFailsIsPassedOver() {
        dns.on("example.com", exchange -> exchange.code(DnsResponseCode.SERVFAIL)
                .send());
        DnsFixture refusing = fixture().on("example.com", exchange -> exchange.code(DnsResponseCode.REFUSED)
                .send());
        DnsFixture third = fixture().name("example.com", "192.0.2.1");
        assertThat(resolve(names(AddressFamily.IPV4, dns, refusing, third), "example.com"))
                .containsExactly("192.0.2.1");
        assertThat(dns.asked("A", "example.com")).isEqualTo(1);
    }

    @Test
    void ifAllFailTheNameIsUnansweredAndAskedForAnew() {
        dns.on("example.com", exchange -> exchange.code(DnsResponseCode.SERVFAIL)
                .send());
        DnsNames names = names(AddressFamily.ANY);
        assertFailure(names, "example.com").isEqualTo(Failure.NAME_UNANSWERED);
        dns.name("example.com", "192.0.2.1");
        assertThat(resolve(names, "example.com")).containsExactly("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aServerThatDoesNotKnowEdnsIsAskedWithoutIt(int code) {
        dns.on("example.com", exchange -> {
            if (exchange.hasEdns()) {
                exchange.code(DnsResponseCode.valueOf(code)).send();
            } else {
                exchange.address("192.0.2.1", 60).send();
            }
        });
        DnsFixture second = fixture().name("example.com", "192.0.2.2");
        assertThat(resolve(names(AddressFamily.IPV4, dns, second), "example.com"))
                .containsExactly("192.0.2.1");
        assertThat(dns.asked("A", "example.com")).isEqualTo(2);
    }

    @Test
    void aServerThatCannotReadAnyQuestionIsPassedOver() {
        dns.on("example.com", exchange -> exchange.code(DnsResponseCode.FORMERR).send());
        DnsFixture second = fixture().name("example.com", "192.0.2.1");
        assertThat(resolve(names(AddressFamily.IPV4, dns, second), "example.com"))
                .containsExactly("192.0.2.1");
        assertThat(dns.asked("A", "example.com")).isEqualTo(2);
    }

    @Test
    void aServerThatIsSilentOnEdnsIsAskedWithoutItThen() {
        dns.on("example.com", exchange -> {
            if (!exchange.hasEdns()) {
                exchange.address("192.0.2.1", 60).send();
            }
        });
        assertThat(resolve(names(AddressFamily.IPV4), "example.com")).containsExactly("192.0.2.1");
    }

    @Test
    void aSilentServerIsPassedOverInTime() {
        dns.on("example.com", exchange -> {});
        DnsFixture second = fixture().name("example.com", "192.0.2.1");
        Stopwatch watch = Stopwatch.start();
        assertThat(resolve(names(AddressFamily.IPV4, dns, second), "example.com"))
                .containsExactly("192.0.2.1");
        assertThat(watch.millis()).isGreaterThanOrEqualTo(1_500);
        assertThat(watch.awake()).isLessThan(5_000);
    }

    @Test
    void aLostDatagramIsSentAgain() {
        Iterator<Boolean> lost = List.of(true, false).iterator();
        dns.on("example.com", exchange -> {
            if (!lost.next()) {
                exchange.address("192.0.2.1", 60).send();
            }
        });
        assertThat(resolve(names(AddressFamily.IPV4), "example.com")).containsExactly("192.0.2.1");
        assertThat(dns.asked("A", "example.com")).isEqualTo(2);
    }

    @Test
    void aFamilyThatIsNeverAnsweredCostsHalfASecond() {
        dns.on("example.com", exchange -> {
            if (exchange.asksFor("A")) {
                exchange.address("192.0.2.1", 60).send();
            }
        });
        Stopwatch watch = Stopwatch.start();
        assertThat(resolve(names(AddressFamily.ANY), "example.com")).containsExactly("192.0.2.1");
        assertThat(watch.millis()).isGreaterThanOrEqualTo(Lookup.GRACE - 50);
        assertThat(watch.awake()).isLessThan(1_900);
    }

    @Test
    void whatComesLateIsRemembered() throws Exception {
        BlockingQueue<DnsExchange> late = new LinkedBlockingQueue<>();
        dns.on("example.com", exchange -> {
            if (exchange.asksFor("A")) {
                exchange.address("192.0.2.1", 60).send();
            } else {
                late.add(exchange.address("2001:db8::1", 60));
            }
        });
        DnsNames names = names(AddressFamily.PREFER_IPV6);
        assertThat(resolve(names, "example.com")).containsExactly("192.0.2.1");
        Objects.requireNonNull(late.poll(30, TimeUnit.SECONDS)).send();
        Eventually.isTrue("both families are known", () -> resolve(names, "example.com")
                .equals(List.of("2001:db8::1", "192.0.2.1")));
        assertThat(dns.asked("A", "example.com")).isEqualTo(1);
    }

    // What is remembered

}
