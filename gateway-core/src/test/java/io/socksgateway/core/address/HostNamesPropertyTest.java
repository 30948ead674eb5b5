package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.fuzz.AnyOctets;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Names and literals of any text. */
class HostNamesPropertyTest {

    @Property(tries = 5_000)
    void whatIsTakenIsCleanAndIsTakenAgainAsTheSame(@ForAll("texts") String text) {
        Optional<Host> host = HostNames.parse(text);
        host.ifPresent(taken -> assertThat(HostNames.parse(taken.toString())).contains(taken));
        if (host.isPresent() && host.get() instanceof Host.Name name) {
            assertThat(name.value()).matches("[\\x21-\\x7E]{1,254}").doesNotContain(":", "/", "%", "[", "]", "..");
            String canonical = HostNames.canonical(name.value());
            assertThat(HostNames.canonical(canonical)).isEqualTo(canonical);
            assertThat(HostNames.canonical(name.value().toUpperCase(Locale.ROOT)))
                    .isEqualTo(canonical);
            assertThat(HostNames.parse(canonical)).contains(new Host.Name(canonical));
        }
    }

    @Property
    void printedAddressesAreReadAsTheyWere(@ForAll("addresses") InetAddress address) {
        assertThat(Addresses.parse(Addresses.format(address))).contains(address);
        assertThat(Addresses.parse(address.getHostAddress())).contains(address);
        assertThat(HostNames.parse(Addresses.format(address))).contains(Host.of(address));
        assertThat(HostNames.parse("[" + address.getHostAddress() + "]"))
                .isEqualTo(address instanceof Inet6Address ? Optional.of(Host.of(address)) : Optional.empty());
    }

    @Provide
    Arbitrary<InetAddress> addresses() {
        return AnyOctets.address();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(80);
        Arbitrary<String> likely = Arbitraries.strings()
                .withChars("aZ9-_.:[]xX0%/ \u3002\uff0e\uff11\u00df\u0130\u00fc\ud800\u200d\u0000*@")
                .ofMaxLength(30);
        Arbitrary<String> tooLong =
                AnyOctets.name().list().ofMinSize(1).ofMaxSize(3).map(labels -> String.join(".", labels));
        return Arbitraries.oneOf(anything, likely, tooLong, AnyOctets.name());
    }
}
