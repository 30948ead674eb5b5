package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.session.Identity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a plug-in answers, it is claims within their bounds, or nonsense: never another exception. */
class PluginReplyPropertyTest {

    private static final PluginClaims CLAIMS =
            new PluginClaims(() -> new ClaimBounds(Set.of("gold"), Set.of()), true, () -> 0);
    private static final List<String> KEYS = List.of(
            PluginContract.USER,
            PluginContract.GROUPS,
            PluginContract.QUOTA,
            PluginContract.EGRESS,
            PluginContract.EXPIRY,
            PluginContract.RESULT,
            PluginContract.VERSION_KEY,
            PluginContract.SEND,
            PluginContract.CONSUMED,
            "other");

    @Property(tries = 2_000)
    void claimsAreWithinTheirBounds(@ForAll("replies") JsonObject json) {
        PluginReply reply = new PluginReply(json);
        try {
            String result = reply.result();
            assertThat(json.getString("result")).isEqualTo(result);
            reply.allow(PluginClaims.KEYS);
            Identity identity = CLAIMS.read(reply, "alice");
            assertThat(identity.user()).isNotEmpty();
            assertThat(String.valueOf(identity.user()).getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(255);
            assertThat(identity.groups()).hasSizeLessThanOrEqualTo(PluginContract.MAX_GROUPS);
            assertThat(identity.quota()).isIn(null, "gold");
            assertThat(identity.egress()).isNull();
            assertThat(identity.expiresAt()).isBetween(0L, 253_402_300_799_000L);
        } catch (PluginNonsense e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1000000000-01-01T00:00:00Z, 1",
        "1970-01-01T00:00:00Z, 1",
        "1970-01-01T00:00:01Z, 1000",
        "9999-12-31T23:59:59Z, 253402300799000",
        "+1000000000-12-31T23:59:59Z, 253402300799000"
    })
    void anExpiryHasMilliseconds(String text, long millis) {
        JsonObject json = new JsonObject().put(PluginContract.EXPIRY, text);
        assertThat(CLAIMS.read(new PluginReply(json), "alice").expiresAt()).isEqualTo(millis);
    }

    @Property(tries = 1_000)
    void octetsAndNumbersAreWithinTheirs(@ForAll("replies") JsonObject json) {
        PluginReply reply = new PluginReply(json);
        try {
            ByteBuffer octets = reply.octets(PluginContract.SEND, 16);
            assertThat(octets.remaining()).isLessThanOrEqualTo(16);
            assertThat(reply.number(PluginContract.CONSUMED, 4)).isBetween(0, 4);
        } catch (PluginNonsense e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<JsonObject> replies() {
        return Arbitraries.maps(Arbitraries.of(KEYS), values()).ofMaxSize(6).map(JsonObject::new);
    }

    private static Arbitrary<Object> values() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(300).map(text -> (Object) text),
                Arbitraries.of(
                        "accepted",
                        "gold",
                        "127.0.0.1",
                        "2030-01-01T00:00:00Z",
                        "-1000000000-01-01T00:00:00Z",
                        "AA",
                        "//8="),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.of(true, false, 1, new JsonObject(), new JsonArray().addNull()));
        return Arbitraries.oneOf(
                scalars, scalars.list().ofMaxSize(300).map(list -> (Object) new JsonArray(List.copyOf(list))));
    }
}
