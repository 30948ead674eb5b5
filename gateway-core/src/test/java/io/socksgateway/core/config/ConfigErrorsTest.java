package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of error alone: exactly one line, at the right place, with the input and a hint. */
class ConfigErrorsTest {

    private static final String USER = "'auth':{'users':[{'name':'a','password':'$2y$x'}]}";

    private static final String HERE = Path.of("").toAbsolutePath().toString();

    /** The pairs of lines in errors.txt; HERE in a line is the folder of the module. */
    static List<Arguments> table() throws IOException {
        List<String> lines;
        try (InputStream in = Objects.requireNonNull(ConfigErrorsTest.class.getResourceAsStream("errors.txt"))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
        List<Arguments> pairs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            pairs.add(arguments(lines.get(i), lines.get(i + 1).replace("HERE", HERE)));
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("table")
    void anErrorIsOneLineWithItsPathAndAHint(String document, String line) {
        assertThat(Documents.errors(document)).extracting(ConfigError::toString).containsExactly(line);
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        assertThat(Documents.errors("""
                        { 'listeners': [ { 'port': 70000, 'auth': 'magic', 'x': 1 }, { 'host': '' } ],
                          'auth': { 'users': [ { 'name': '' } ] },
                          'rules': [ { 'action': 'maybe', 'to': ['a b', 'fine', 7] }, 5 ],
                          'quotas': 'none', 'timeouts': { 'idle': 1, 'bind': '' }, 'clusters': {} }
                        """))
                .extracting(ConfigError::path)
                .containsExactlyInAnyOrder(
                        "listeners[0].port",
                        "listeners[0].auth",
                        "listeners[0].x",
                        "listeners[1].host",
                        "auth.users[0].name",
                        "auth.users[0].password",
                        "rules[0].action",
                        "rules[0].to[0]",
                        "rules[0].to[2]",
                        "rules[1]",
                        "quotas",
                        "timeouts.idle",
                        "timeouts.bind",
                        "clusters");
    }

    @Test
    void oneMistakeDoesNotCauseOthers() {
        // A wrong port is no duplicate of the default one, and a wrong user does not make userpass pointless.
        assertThat(Documents.errors("{'listeners':[{},{'port':'x'}]}")).hasSize(1);
        assertThat(Documents.errors("{'auth':{'users':[{'name':'a'}]},'listeners':[{'auth':'userpass'}]}"))
                .hasSize(1);
    }

    @Test
    void longInputIsCutAndHarmlessOnATerminal() {
        String message = Documents.errors("{'rules':[{'action':'" + "x".repeat(5_000) + "\\u001b\\u202e'}]}")
                .get(0)
                .toString();
        assertThat(message).hasSizeLessThan(250);
        assertThat(Documents.errors("{'log':{'level':'\\u001b[2J\\u202e\\u0085'}}")
                        .get(0)
                        .message())
                .isEqualTo("\"\\u001b[2J\\u202e\\u0085\"");
    }

    @Test
    void userNamesLongerThanTheProtocolAllowsAreErrors() {
        String fits = "é".repeat(127);
        assertThat(Documents.config("{" + USER.replace("'a'", "'" + fits + "'") + "}")
                        .auth()
                        .users())
                .hasSize(1);
        assertThat(Documents.errors("{" + USER.replace("'a'", "'" + fits + "é'") + "}"))
                .extracting(ConfigError::path)
                .containsExactly("auth.users[0].name");
    }
}
