package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}              | line 1, column 11: duplicate key 'a'",
                "{\"x\":{\"a\":1,\"b\":2,\"a\":3}} | line 1, column 22: duplicate key 'a'",
                "{} {}                          | line 1, column 6: something follows the end of the document",
                "{} x                           | line 1, column 5: an unknown word",
                "{\"password\": hunter2}        | line 1, column 22: an unknown word",
                "{\"a\":1,}                     | line 1, column 8: Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
                "{\"a\" 1}                      | line 1, column 6: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
                "{ // hello                     | line 1, column 3: JSON has no comments",
                "{\"a\":[1                      | line 1, column 8: Unexpected end-of-input: expected close marker for Array (start marker at line 1)",
                "`\n  `                         | is empty",
                "``                             | is empty",
                "[]                             | a list",
                "\"secret\"                     | a string",
                "null                           | null",
                "12                             | a number",
                "{\"a\":NaN}                    | line 1, column 9: an unknown word",
            })
    void whatIsNoDocumentIsRefusedWithItsPlace(String text, String reason) {
        JsonSyntaxException refusal = refusal((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.reason() + refusal.hint()).doesNotContain("hunter2").doesNotContain("secret");
    }

    @Test
    void linesAreCounted() {
        assertThat(refusal("{\n \"a\": 1\n \"b\": 2 }".getBytes(StandardCharsets.UTF_8))
                        .reason())
                .startsWith("line 3, column 2: ");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})
                        .reason())
                .contains("UTF-8");
    }

    @Test
    void nestingHasALimit() {
        byte[] deep = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(deep).reason()).contains("nesting depth");
    }

    @Test
    void objectsMayRepeatTheKeysOfOthers() throws JsonSyntaxException {
        String text = "\uFEFF{\"a\":{\"a\":[{\"a\":1},{\"a\":null}]}}";
        assertThat(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)).encode())
                .isEqualTo("{\"a\":{\"a\":[{\"a\":1},{\"a\":null}]}}");
    }

    @Test
    void damagedDocumentsAreRefusedOrReadButNeverThrowAnythingElse() {
        byte[] document = "{\"a\":[1,2.5e3,\"\\u00e9\",{\"b\":true,\"c\":null}]}".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = document.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(StrictJson.parse(damaged)).isNotNull();
            } catch (JsonSyntaxException refusal) {
                assertThat(refusal.reason()).isNotEmpty().doesNotContain("fasterxml", "REDACTED", "Feature");
            }
        }
    }

    private static JsonSyntaxException refusal(byte[] document) {
        return catchThrowableOfType(JsonSyntaxException.class, () -> StrictJson.parse(document));
    }
}
