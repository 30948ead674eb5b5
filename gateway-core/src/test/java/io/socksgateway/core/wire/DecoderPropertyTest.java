package io.socksgateway.core.wire;

import io.socksgateway.core.fuzz.AnyOctets;
import io.socksgateway.core.fuzz.DecoderLaw;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any octets at any split: the {@link DecoderLaw}. */
class DecoderPropertyTest {

    @Property(tries = 300)
    void greetings(@ForAll("greetings") byte[] octets) {
        Laws.GREETING.holdsFor(octets);
    }

    @Property(tries = 300)
    void logins(@ForAll("logins") byte[] octets) {
        Laws.USER_PASSWORD.holdsFor(octets);
    }

    @Property(tries = 300)
    void gssMessages(@ForAll("gssMessages") byte[] octets) {
        Laws.GSS_TOKEN.holdsFor(octets);
        Laws.GSS_LEVEL.holdsFor(octets);
        Laws.GSS_DATA.holdsFor(octets);
    }

    @Property(tries = 300)
    void addresses(@ForAll("destinations") byte[] octets) {
        Laws.ADDRESS.holdsFor(octets);
    }

    @Property(tries = 300)
    void requests5(@ForAll("requests5") byte[] octets) {
        Laws.REQUEST5.holdsFor(octets);
    }

    @Property(tries = 300)
    void requests4(@ForAll("requests4") byte[] octets) {
        Laws.REQUEST4.holdsFor(octets);
    }

    @Property(tries = 300)
    void proxyHeaders(@ForAll("headers") byte[] octets) {
        Laws.PROXY.holdsFor(octets);
    }

    @Property
    void datagrams(@ForAll("datagrams") byte[] octets) {
        UdpHeaderLaw.holdsFor(octets);
    }

    @Provide
    Arbitrary<byte[]> headers() {
        return AnyOctets.orTamperedWith(AnyOctets.proxyHeader());
    }

    @Provide
    Arbitrary<byte[]> datagrams() {
        return AnyOctets.orTamperedWith(AnyOctets.datagram());
    }

    @Provide
    Arbitrary<byte[]> gssMessages() {
        return AnyOctets.orTamperedWith(AnyOctets.gss());
    }

    @Provide
    Arbitrary<byte[]> greetings() {
        return AnyOctets.orTamperedWith(AnyOctets.greeting());
    }

    @Provide
    Arbitrary<byte[]> logins() {
        return AnyOctets.orTamperedWith(AnyOctets.login());
    }

    @Provide
    Arbitrary<byte[]> destinations() {
        return AnyOctets.orTamperedWith(AnyOctets.destination());
    }

    @Provide
    Arbitrary<byte[]> requests5() {
        return AnyOctets.orTamperedWith(AnyOctets.request5());
    }

    @Provide
    Arbitrary<byte[]> requests4() {
        return AnyOctets.orTamperedWith(AnyOctets.request4());
    }
}
