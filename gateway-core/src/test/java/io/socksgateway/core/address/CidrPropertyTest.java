package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.fuzz.AnyOctets;
import java.net.InetAddress;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Ranges against arithmetic on numbers. */
class CidrPropertyTest {

    /** An address and a prefix that fits its family; not yet a range, as bits behind the prefix may be set. */
    record Prefixed(InetAddress address, int prefix) {

        Numbers.Range range() {
            return Numbers.Range.of(address, prefix);
        }

        Cidr cidr() {
            InetAddress network = Objects.requireNonNull(Numbers.address(range().first(), range().bits()));
            return Cidr.parse(network.getHostAddress() + "/" + prefix).orElseThrow();
        }
    }

    @Property
    void whatIsPrintedCanBeRead(@ForAll("prefixes") Prefixed any) {
        Cidr cidr = any.cidr();
        assertThat(Cidr.parse(cidr.toString())).contains(cidr).get().hasSameHashCodeAs(cidr);
    }

    @Property
    void bitsBehindThePrefixAreAMistake(@ForAll("prefixes") Prefixed any) {
        boolean clear = any.range().first().equals(Numbers.of(any.address()));
        assertThat(Cidr.parse(any.address().getHostAddress() + "/" + any.prefix())
                        .isPresent())
                .isEqualTo(clear);
    }

    @Property
    void containsTheNumbersBetweenItsEnds(@ForAll("questions") Question question) {
        assertThat(question.in().cidr().contains(question.address()))
                .isEqualTo(question.in().range().contains(question.address()));
    }

    @Property
    void containsRangesWhoseEndsItContains(@ForAll("questions") Question question, @ForAll("lengths") int shorter) {
        InetAddress address = question.address();
        Prefixed other = new Prefixed(address, Math.max(0, Numbers.bits(address) - shorter));
        Prefixed in = question.in();
        assertThat(in.cidr().contains(other.cidr())).isEqualTo(in.range().contains(other.range()));
        assertThat(in.cidr().equals(other.cidr())).isEqualTo(in.range().equals(other.range()));
    }

    /** Whether an address is in a range, asked where it is hard to say. */
    record Question(Prefixed in, InetAddress address) {}

    @Provide
    Arbitrary<Prefixed> prefixes() {
        return AnyOctets.address()
                .flatMap(address ->
                        Arbitraries.integers().between(0, Numbers.bits(address)).map(p -> new Prefixed(address, p)))
                .filter(prefixed -> Numbers.address(
                                prefixed.range().first(), prefixed.range().bits())
                        != null);
    }

    @Provide
    Arbitrary<Question> questions() {
        return prefixes().flatMap(in -> Combinators.combine(
                        Arbitraries.just(in), Arbitraries.oneOf(in.range().nearby(), AnyOctets.address()))
                .as(Question::new));
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, 128);
    }
}
