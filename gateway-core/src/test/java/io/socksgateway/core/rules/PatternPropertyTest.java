package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.HostNames;
import io.socksgateway.core.fuzz.AnyOctets;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Name patterns and port ranges for all names and ports. */
class PatternPropertyTest {

    @Property
    void patternsThatArePrintedCanBeRead(@ForAll("names") String name, @ForAll boolean exact) {
        NamePattern pattern = NamePattern.parse(exact ? name : "*." + name).orElseThrow();
        assertThat(NamePattern.parse(pattern.toString())).contains(pattern);
    }

    @Property
    void aPatternFitsTheNameInAnyCaseOrWhatIsBelowIt(@ForAll("names") String name, @ForAll("names") String label) {
        NamePattern exact = NamePattern.parse(name).orElseThrow();
        NamePattern below = NamePattern.parse("*." + name).orElseThrow();
        String same = HostNames.canonical(name.toUpperCase(Locale.ROOT) + ".");
        assertThat(exact.matches(same)).isTrue();
        assertThat(below.matches(same)).isFalse();
        String child = HostNames.canonical(label + "." + name);
        assertThat(exact.matches(child)).isFalse();
        assertThat(below.matches(child)).isTrue();
        String neighbour = HostNames.canonical(label + name);
        assertThat(exact.matches(neighbour)).isFalse();
        assertThat(below.matches(neighbour)).isEqualTo(neighbour.endsWith("." + HostNames.canonical(name)));
    }

    @Property
    void portsThatArePrintedCanBeRead(
            @ForAll @IntRange(max = 65_535) int one,
            @ForAll @IntRange(max = 65_535) int other,
            @ForAll @IntRange(max = 65_535) int port) {
        PortRange range = new PortRange(Math.min(one, other), Math.max(one, other));
        assertThat(PortRange.parse(range.toString())).contains(range);
        assertThat(range.contains(port)).isEqualTo(port >= range.first() && port <= range.last());
        assertThat(PortRange.parse(range.last() + "-" + range.first()).isPresent())
                .isEqualTo(one == other);
    }

    @Provide
    Arbitrary<String> names() {
        return AnyOctets.name();
    }
}
