package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UserFormatsTest {

    private static final String HASH = Vectors.BCRYPT;

    @Test
    void readsHtpasswdWithCommentsBlanksAndForeignLineEnds() {
        UserTable users =
                htpasswd("# staff\r\n\r\n  alice:" + HASH + "  \r\nbob smith:" + Vectors.SHA + "\n\t#x\n世:a:b");

        assertThat(users.size()).isEqualTo(3);
        assertThat(users.plainTexts()).isEqualTo(1);
        assertThat(knows(users, "alice")).isTrue();
        assertThat(knows(users, "bob smith")).isTrue();
        assertThat(knows(users, "世")).isTrue();
        assertThat(knows(users, "Alice")).isFalse();
        assertThat(knows(users, "# staff")).isFalse();
    }

    @Test
    void readsAFileWithoutUsers() {
        assertThat(htpasswd("").size()).isZero();
        assertThat(json("[]").size()).isZero();
        assertThat(json("{\"users\": []}").size()).isZero();
    }

    @Test
    void readsJsonAsObjectAndAsList() {
        String list = """
                [ { "name": "alice", "password": "%s", "groups": ["staff", "admin"] },
                  { "groups": "guests", "password": "secret", "name": "bob" } ]
                """.formatted(HASH);
        for (UserTable users : List.of(json(list), json("{\"users\":" + list + "}"))) {
            assertThat(users.size()).isEqualTo(2);
            assertThat(users.plainTexts()).isEqualTo(1);
            assertThat(knows(users, "alice")).isTrue();
            assertThat(knows(users, "bob")).isTrue();
        }
    }

    static Stream<Arguments> wrongHtpasswd() {
        return Stream.of(
                Arguments.of("alice", "f:1: malformed line"),
                Arguments.of("#\n\nalice " + HASH, "f:3: malformed line"),
                Arguments.of(":" + HASH, "f:1: malformed user name"),
                Arguments.of("a\u0007:" + HASH, "f:1: malformed user name"),
                Arguments.of("é".repeat(128) + ":" + HASH, "f:1: malformed user name"),
                Arguments.of("alice:", "f:1: user alice: the password is empty"),
                Arguments.of("bob:x\nalice:" + Vectors.DES, "f:2: user alice: this is a DES hash"),
                Arguments.of("alice:" + HASH + ":comment", "f:1: user alice: malformed bcrypt hash"),
                Arguments.of("alice:" + HASH + "\nbob:x\nalice:x", "f:3: user alice is there twice"),
                Arguments.of("alice:" + HASH.replace("$05$", "$31$"), "f:1: user alice: cost of the bcrypt hash: 31"));
    }

    @ParameterizedTest
    @MethodSource("wrongHtpasswd")
    void namesTheLineOfAHtpasswdProblem(String text, String problem) {
        assertProblem(() -> htpasswd(text), problem);
    }

    static Stream<Arguments> wrongJson() {
        String alice = "{\"name\":\"alice\",\"password\":\"" + HASH + "\"}";
        return Stream.of(
                Arguments.of("{", "f:1: this is not JSON"),
                Arguments.of("[\n" + alice + ",\nCzfoymj]", "f:3: this is not JSON"),
                Arguments.of("[" + alice + ",]", "f:1: this is not JSON"),
                Arguments.of("[" + alice, "f:1: this is not JSON"),
                Arguments.of("[]\n[]", "f:2: there is more behind the end"),
                Arguments.of("{}", "f:1: \"users\" is missing"),
                Arguments.of("{\"users\":[],\n\"user\":[]}", "f:2: the key is unknown"),
                Arguments.of("{\"users\":[],\n\"users\":[]}", "f:2: the key is unknown, given twice"),
                Arguments.of("{\"users\":{}}", "f:1: the key is unknown, given twice or has a wrong value"),
                Arguments.of("[\n\"alice\"]", "f:2: malformed user"),
                Arguments.of("[[" + alice + "]]", "f:1: malformed user"),
                Arguments.of("[\n{\"name\":\"alice\"}]", "f:2: a user needs a name and a password"),
                Arguments.of("[\n{\"password\":\"x\"}]", "f:2: a user needs a name and a password"),
                Arguments.of("[{\"name\":1,\"password\":\"x\"}]", "f:1: malformed name"),
                Arguments.of("[{\"name\":\"a\",\n\"password\":{\"env\":\"X\"}}]", "f:2: malformed password"),
                Arguments.of("[{\"name\":\"a\",\"password\":null}]", "f:1: malformed password"),
                Arguments.of("[{\"name\":\"\",\"password\":\"x\"}]", "f:1: malformed user name"),
                Arguments.of("[{\"name\":\"a\",\"password\":\"x\",\n\"group\":[]}]", "f:2: unknown key of a user"),
                Arguments.of(
                        "[{\"name\":\"a\",\"password\":\"x\",\n\"name\":\"b\"}]",
                        "f:2: a key of the user is given twice"),
                Arguments.of("[{\"name\":\"a\",\"password\":\"x\",\n\"groups\":{}}]", "f:2: malformed groups"),
                Arguments.of("[{\"name\":\"a\",\"password\":\"x\",\"groups\":[\n1]}]", "f:2: malformed group"),
                Arguments.of(
                        "[{\"name\":\"a\",\"password\":\"x\",\"groups\":[\"g\",\n\"g\"]}]",
                        "f:2: a group is given twice"),
                Arguments.of("[" + alice + ",\n" + alice + "]", "f:2: user alice is there twice"),
                Arguments.of("[\n{\"name\":\"a\",\"password\":\"$2y$secret\"}]", "f:2: user a: malformed bcrypt hash"));
    }

    @ParameterizedTest
    @MethodSource("wrongJson")
    void namesTheLineOfAJsonProblem(String text, String problem) {
        assertProblem(() -> json(text), problem);
    }

    @Test
    void reportsAllProblemsOfAFileUpToALimit() {
        String text = IntStream.range(0, 60).mapToObj(i -> "user" + i + "\n").collect(Collectors.joining());

        assertThatThrownBy(() -> htpasswd(text)).isInstanceOfSatisfying(UserSourceException.class, e -> {
            assertThat(e.problems()).hasSize(51).last().isEqualTo("and 10 more problems");
            assertThat(e.problems().get(49)).startsWith("f:50: ");
        });
    }

    @Test
    void imitatesTheCostThatMostUsersHave() {
        UserTable.Builder users = new UserTable.Builder();
        users.add("x", "a", Vectors.BCRYPT, Set.of());
        users.add("x", "b", Vectors.APR1, Set.of());
        users.add("x", "c", Vectors.APR1, Set.of());

        assertThat(users.build().unknown())
                .isInstanceOfSatisfying(Answer.Unknown.class, unknown -> assertThat(unknown.decoy())
                        .hasToString("crypt,apr1,1000"));
    }

    private static boolean knows(UserTable users, String name) {
        return users.names().contains(name);
    }

    private static void assertProblem(org.assertj.core.api.ThrowableAssert.ThrowingCallable read, String problem) {
        assertThatThrownBy(read).isInstanceOfSatisfying(UserSourceException.class, e -> assertThat(e.problems())
                .anyMatch(line -> line.startsWith(problem))
                .noneMatch(
                        line -> line.contains("CzfoymjhU") || line.contains("secret") || line.contains(Vectors.DES)));
    }

    private static UserTable htpasswd(String text) {
        UserTable.Builder users = new UserTable.Builder();
        HtpasswdFormat.read("f", text, users);
        return users.build();
    }

    private static UserTable json(String text) {
        UserTable.Builder users = new UserTable.Builder();
        JsonUsersFormat.read("f", text, users);
        return users.build();
    }
}
