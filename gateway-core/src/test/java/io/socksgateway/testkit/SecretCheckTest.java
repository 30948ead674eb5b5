package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The check can fail, whichever way a secret gets out. */
class SecretCheckTest {

    private static final String SECRET = "check-horse-1471";

    private static void during(Runnable leak) {
        SecretCheck check = new SecretCheck();
        check.start(List.of("other-horse-9931", SECRET));
        leak.run();
        check.stop();
    }

    private static void finds(Runnable leak) {
        assertThatThrownBy(() -> during(leak))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(SECRET);
    }

    @Test
    void findsASecretInTheLogOfTheGatewayAtEveryLevel() {
        finds(() -> LoggerFactory.getLogger("io.socksgateway.any").trace("login with {}", SECRET));
    }

    @Test
    void findsASecretInAnException() {
        finds(() -> LoggerFactory.getLogger("com.example")
                .warn("failed", new IllegalStateException("why", new IllegalArgumentException("no: " + SECRET))));
    }

    @Test
    void findsASecretThatIsPrinted() {
        finds(() -> System.out.println("a " + SECRET + "!"));
        finds(() -> {
            System.err.print(SECRET.substring(0, 5));
            System.err.println(SECRET.substring(5));
        });
    }

    @Test
    void leavesEverythingAsItWas() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        assertThatCode(() -> during(() -> System.out.println("nothing"))).doesNotThrowAnyException();

        assertThat(System.out).isSameAs(out);
        assertThat(System.err).isSameAs(err);
    }
}
