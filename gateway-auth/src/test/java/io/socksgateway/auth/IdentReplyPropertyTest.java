package io.socksgateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever an identd, or who plays one, may answer. */
class IdentReplyPropertyTest {

    @Property(tries = 5_000)
    void aUserOrAReasonWithNothingForATerminalInIt(@ForAll("lines") String line) {
        IdentReply reply = IdentReply.parse(line.getBytes(UTF_8), 6193, 23);
        assertThat(reply.detail()).matches("[ -~]*");
        assertThat(reply.detail().isEmpty()).isEqualTo(reply.user().isPresent());
        reply.user().ifPresent(user -> assertThat(line).contains(user).matches("(?s)\\s*6193\\s*,.*"));
        reply.user().ifPresent(user -> assertThat(user.chars()).noneMatch(Character::isISOControl));
    }

    @Property
    void onlyTheConnectionThatWasAskedFor(
            @ForAll @IntRange(min = 1, max = 65_535) int client,
            @ForAll @IntRange(min = 1, max = 65_535) int gateway,
            @ForAll @IntRange(min = 1, max = 65_535) int other) {
        byte[] line = (client + "," + gateway + ":USERID:UNIX:me").getBytes(UTF_8);
        assertThat(IdentReply.parse(line, client, gateway).user()).contains("me");
        assertThat(IdentReply.parse(line, client, other).user().isPresent()).isEqualTo(other == gateway);
        assertThat(IdentReply.parse(line, other, gateway).user().isPresent()).isEqualTo(other == client);
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> ports =
                Arbitraries.of("6193, 23", " 6193,23 ", "6193\t, 23", "6193, 24", "23, 6193", "6193", "");
        Arbitrary<String> kinds = Arbitraries.of("USERID", " USERID ", "ERROR", " ERROR", "userid", "");
        Arbitrary<String> fields = Arbitraries.oneOf(
                Arbitraries.of("UNIX", "OTHER, US-ASCII", "NO-USER", " ", ""),
                Arbitraries.strings().ofMaxLength(40));
        Arbitrary<String> likely = Combinators.combine(ports, kinds, fields, fields)
                .as((pair, kind, one, other) -> String.join(":", pair, kind, one, other));
        return Arbitraries.oneOf(likely, likely, Arbitraries.strings().ofMaxLength(200));
    }
}
