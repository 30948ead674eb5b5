package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.LogCapture;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureReportTest {

    @Test
    void errorsHaveTheirStackTraceInTheLogAtAnyLevel() {
        try (LogCapture log = LogCapture.open()) {
            FailureReport.trace(LoggerFactory.getLogger("test"), "reload failed", new LinkageError("no class"));
            FailureReport.trace(LoggerFactory.getLogger("test"), "reload failed", new IllegalStateException("in use"));
            assertThat(log.all())
                    .containsExactly(
                            "ERROR reload failed java.lang.LinkageError: no class",
                            "DEBUG reload failed java.lang.IllegalStateException: in use");
        }
    }
}
