package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.KnownSession;
import org.junit.jupiter.api.Test;

class LiveSessionsTest {

    private final LiveSessions live = new LiveSessions();

    @Test
    void knowsWhatIsOpen() {
        LiveSession a = KnownSession.of("a", "alice");
        LiveSession b = KnownSession.of("b", "bob");
        live.opened(a);
        live.opened(b);
        assertThat(live.all()).containsExactlyInAnyOrder(a, b);
        assertThat(live.find("b")).contains(b);
        live.ended(b);
        assertThat(live.size()).isOne();
        assertThat(live.find("b")).isEmpty();
    }

    @Test
    void theEndOfOneDoesNotHideAnotherOfItsName() {
        LiveSession first = KnownSession.of("a", "alice");
        LiveSession second = KnownSession.of("a", "alice");
        live.opened(first);
        live.opened(second);
        live.ended(first);
        assertThat(live.find("a")).contains(second);
    }
}
