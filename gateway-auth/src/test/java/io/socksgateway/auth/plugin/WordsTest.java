package io.socksgateway.auth.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What plug-ins in Java hear and say is the contract's JSON. */
class WordsTest {

    private static final String WHO =
            "'version':1,'ask':'login','user':'alice','client':'192.0.2.7','listener':'public','session':'s1'";

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    @Test
    void aPasswordIsTextOrOctets() {
        Login text = Login.of(json("{" + WHO + ",'password':'wörd'}"));
        Login octets = Login.of(json("{" + WHO + ",'passwordOctets':'_wBh'}"));

        assertThat(text.password()).isEqualTo("wörd".getBytes(StandardCharsets.UTF_8));
        assertThat(octets.password()).containsExactly(0xFF, 0, 'a');
        assertThat(text.user()).isEqualTo("alice");
        assertThat(text.toString()).isEqualTo("s1 from 192.0.2.7 at public");
    }

    @Test
    void whatIsOfNoInterestToAPluginMayBeAdded() {
        assertThat(Login.of(json("{" + WHO + ",'password':'p','tls':{}}")).listener())
                .isEqualTo("public");
    }

    @Test
    void claimsThatAreNotMadeAreNotSaid() {
        assertThat(Verdict.accepted(Claims.NONE).toJson()).isEqualTo(json("{'result':'accepted','groups':[]}"));
        assertThat(Verdict.accepted(Claims.NONE
                                .user("al")
                                .groups("b", "a")
                                .quota("gold")
                                .egress("::1")
                                .expiry(Instant.EPOCH))
                        .toJson())
                .isEqualTo(json("{'result':'accepted','groups':['a','b'],'user':'al','quota':'gold','egress':'::1',"
                        + "'expiry':'1970-01-01T00:00:00Z'}"));
        assertThat(Verdict.rejected("no").toJson()).isEqualTo(json("{'result':'rejected','reason':'no'}"));
        assertThat(Verdict.unknown().toJson()).isEqualTo(json("{'result':'unknown'}"));
    }

    @Test
    void aMoveIsMadeOfItsParts() {
        byte[] octets = {(byte) 0xFF, (byte) 0xFE, 'a'};
        Move next = Move.next();

        assertThat(next.sending(octets).consuming(2).needing(3).remembering("s").toJson())
                .isEqualTo(json("{'result':'continue','send':'__5h','consumed':2,'need':3,'state':'s'}"));
        assertThat(next.toJson()).as("is left as it was").isEqualTo(json("{'result':'continue'}"));
        assertThat(Move.accepted(Claims.NONE.user("alice")).consuming(1).toJson())
                .isEqualTo(json("{'result':'accepted','groups':[],'user':'alice','consumed':1}"));
        assertThat(Move.rejected("no").sending(new byte[0]).toJson())
                .isEqualTo(json("{'result':'rejected','reason':'no','send':''}"));
    }

    @Test
    void aRoundHasNoStateUntilThereIsOne() {
        Round first = Round.of(json("{'ask':'exchange','round':0,'octets':'',"
                + "'client':'192.0.2.7','listener':'public','session':'s1'}"));
        Round second = Round.of(json("{'ask':'exchange','round':1,'octets':'__5h','state':'mine'}"));

        assertThat(first.number()).isZero();
        assertThat(first.octets()).isEmpty();
        assertThat(first.state()).isEmpty();
        assertThat(first.toString()).isEqualTo("s1 from 192.0.2.7 at public, round 0");
        assertThat(second.octets()).containsExactly(0xFF, 0xFE, 'a');
        assertThat(second.state()).isEqualTo("mine");
    }
}
