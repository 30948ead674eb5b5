package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {

    /** Of RFC 3492 section 7.1, in lower case: as names have it. */
    @ParameterizedTest
    @CsvSource({
        "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
        "他們爲什麽不說中文, ihqwctvzc91f659drss3x8bo0yb",
        "pročprostěnemluvíčesky, proprostnemluvesky-uyb24dma41a",
        "למההםפשוטלאמדבריםעברית, 4dbcagdahymbxekheh6e0a7fei0b",
        "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "porquénopuedensimplementehablarenespañol, porqunopuedensimplementehablarenespaol-fmd56a",
        "3年b組金八先生, 3b-ww4c5e180e575a65lsy2b",
        "そのスピードで, d9juau41awczczp",
    })
    void encodesAsTheStandardDoes(String label, String encoded) {
        assertThat(Punycode.encode(label)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bücher", "é", "日本語", "a-ü-b", "\uD800\uDF30", "ab\uD83D\uDE00c"})
    void encodesAsJavaDoes(String label) {
        assertThat("xn--" + Punycode.encode(label)).isEqualTo(IDN.toASCII(label, IDN.ALLOW_UNASSIGNED));
    }

    @Test
    void longLabelsDoNotOverflow() {
        assertThat(Punycode.encode("a".repeat(900) + "\uDBFF\uDFFF".repeat(50))).matches("[a-z0-9-]+");
    }
}
