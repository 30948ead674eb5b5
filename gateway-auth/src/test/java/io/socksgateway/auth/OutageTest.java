package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.LogCapture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {

    private final AtomicLong clock = new AtomicLong(-5);
    private final Outage outage = new Outage("directory", clock::get);

    @Test
    void isAFewLinesHoweverManyLoginsThereAre() {
        try (LogCapture log = LogCapture.open()) {
            outage.answered();
            for (int i = 0; i < 1_000; i++) {
                outage.failed("no connection");
            }
            clock.addAndGet(Outage.REMINDER);
            outage.failed("no answer in time");
            outage.failed("no answer in time");
            clock.addAndGet(Outage.SETTLED);
            outage.answered();
            outage.answered();

            assertThat(log.all())
                    .containsExactly(
                            "WARN authenticator directory failed, nobody is let in by it: no connection",
                            "WARN authenticator directory still fails, 1001 logins denied so far: no answer in time",
                            "INFO authenticator directory answers again, after 1002 denied logins");
        }
    }

    @Test
    void isOneIfOnlyEverySecondLoginFails() {
        try (LogCapture log = LogCapture.open()) {
            for (int i = 0; i < 100; i++) {
                outage.failed("no connection");
                outage.answered();
            }
            assertThat(log.all()).hasSize(1);
        }
    }
}
