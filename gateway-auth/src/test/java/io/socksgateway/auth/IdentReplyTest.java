package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentReplyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6193, 23 : USERID : UNIX : stjohns | stjohns",
                "6193,23:USERID:UNIX:stjohns | stjohns",
                " 6193 , 23 : USERID : OTHER, US-ASCII : a:b | a:b",
                "6193, 23 : USERID : UNIX : André | André",
            })
    void namesTheUser(String line, String user) {
        assertThat(parse(line).user()).contains(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6193, 23 : ERROR : NO-USER",
                "6193, 23 : USERID : UNIX",
                "6193, 23 : USERID : UNIX : ",
                "6193, 24 : USERID : UNIX : stjohns",
                "23, 6193 : USERID : UNIX : stjohns",
                "6193 : USERID : UNIX : stjohns",
                "6193, 23 : userid : UNIX : stjohns",
                "HTTP/1.1 400 Bad Request: x: y: z"
            })
    void namesNobody(String line) {
        assertThat(parse(line).user()).isEmpty();
        assertThat(parse(line).detail()).isNotEmpty();
    }

    @Test
    void saysTheErrorWithoutWhatIsNotAWord() {
        assertThat(parse("6193, 23 : ERROR : HIDDEN\u001b[2J").detail()).isEqualTo("error HIDDEN??2J");
    }

    /** It would go into the log, to the terminal of whoever reads that. */
    @ParameterizedTest
    @ValueSource(strings = {"al\u001b[2Jice", "al\rice", "al\u0000ice", "al\u009bice"})
    void aNameWithControlCharactersIsNobodys(String user) {
        assertThat(parse("6193, 23 : USERID : UNIX : " + user))
                .isEqualTo(new IdentReply(Optional.empty(), "a name that no user has"));
    }

    @Test
    void aNameThatIsLongerThanAnyIsNobodys() {
        assertThat(parse("6193, 23 : USERID : UNIX : " + "a".repeat(255)).user())
                .contains("a".repeat(255));
        assertThat(parse("6193, 23 : USERID : UNIX : " + "a".repeat(256)).user())
                .isEmpty();
    }

    private static IdentReply parse(String line) {
        return IdentReply.parse(line.getBytes(StandardCharsets.UTF_8), 6193, 23);
    }
}
