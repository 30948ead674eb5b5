package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.LogCapture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class MainTest {

    private final StringWriter err = new StringWriter();

    private int run(Callable<Integer> command) {
        return Main.guarded(command, new PrintWriter(err, true));
    }

    @Test
    void whateverACommandThrowsThereIsAnExitCode() {
        try (LogCapture log = LogCapture.open()) {
            assertThat(run(() -> {
                        throw new ServiceConfigurationError("no driver");
                    }))
                    .isEqualTo(ExitCode.FAILED);

            String line = "java.util.ServiceConfigurationError: no driver";
            assertThat(err.toString().strip()).hasLineCount(1).endsWith(line);
            log.await(line);
        }
    }

    @Test
    void whatIsExpectedIsToldAsItIs() {
        assertThat(run(() -> {
                    throw new CommandFailure(ExitCode.WRONG_CONFIGURATION, List.of("one", "two"));
                }))
                .isEqualTo(ExitCode.WRONG_CONFIGURATION);
        assertThat(err.toString().lines()).containsExactly("one", "two");
        assertThat(run(() -> 7)).isEqualTo(7);
    }
}
