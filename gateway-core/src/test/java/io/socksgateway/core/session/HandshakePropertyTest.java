package io.socksgateway.core.session;

import io.socksgateway.core.fuzz.AnyOctets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Anything that a client may say, in any pieces, with any answers: the {@link DialogueLaw}. */
class HandshakePropertyTest {

    @Property(tries = 3_000)
    void anyConversation(
            @ForAll("conversations") byte[] octets, @ForAll @Size(max = 8) byte[] lengths, @ForAll int choices) {
        DialogueLaw.holdsFor(octets, lengths, choices);
    }

    @Property(tries = 1_000)
    void octetByOctet(@ForAll("conversations") byte[] octets, @ForAll int choices) {
        DialogueLaw.holdsFor(octets, new byte[0], choices);
    }

    @Provide
    Arbitrary<byte[]> conversations() {
        return AnyOctets.orTamperedWith(AnyOctets.conversation());
    }
}
