package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.Ban;
import io.socksgateway.core.quota.LoginSubject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BanTableTest {

    private long now = Long.MAX_VALUE - 1_000; // it overflows, as System.nanoTime may
    private final BanTable table = new BanTable(100, () -> now);
    private final LoginSubject alice =
            LoginSubject.of(Addresses.parse("192.0.2.7").orElseThrow(), "alice");

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void eitherBanIsEnough() {
        assertThat(table.banned(alice)).isFalse();
        assertThat(table.failed(new Ban(alice.user(), 60))).isTrue();
        assertThat(table.banned(alice)).isTrue();
        pass(60);
        assertThat(table.banned(alice)).isFalse();
        assertThat(table.failed(new Ban(alice.client(), 60))).isTrue();
        assertThat(table.banned(alice)).isTrue();
    }

    @Test
    void aBanThatIsKnownIsNoNews() {
        assertThat(table.failed(new Ban("client/a", 60))).isTrue();
        assertThat(table.failed(new Ban("client/a", 59))).isFalse();
        assertThat(table.failed(new Ban("client/a", 0))).isFalse();
        assertThat(table.bans()).containsExactly(new Ban("client/a", 60));
        pass(60);
        assertThat(table.bans()).isEmpty();
        assertThat(table.failed(new Ban("client/a", 120))).isTrue();
    }

    @Test
    void whoHasFailedIsASuspectForAWhile() {
        assertThat(table.suspect("client/a")).isFalse();
        assertThat(table.failed(new Ban("client/a", 0))).isFalse();
        assertThat(table.suspect("client/a")).isTrue();
        assertThat(table.bans()).isEmpty();
        pass(100);
        assertThat(table.suspect("client/a")).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void listsTheLongestFirstAndLiftsWhatIsMeant() {
        assertThat(table.failed(new Ban("client/a", 60))).isTrue();
        assertThat(table.failed(new Ban("client/b", 90))).isTrue();
        assertThat(table.failed(new Ban("client/c", 0))).isFalse();
        assertThat(table.bans()).extracting(Ban::id).containsExactly("client/b", "client/a");
        assertThat(table.lift(id -> id.endsWith("a") || id.endsWith("c"))).containsExactly("client/a");
        assertThat(table.bans()).extracting(Ban::id).containsExactly("client/b");
    }

    /** A flood of others neither fills the memory nor lifts a ban as long as there is anything else to forget. */
    @Test
    void forgetsThoseFirstWhoAreNotBanned() {
        assertThat(table.failed(new Ban("client/banned", 1_000_000))).isTrue();
        for (int i = 0; i < BanTable.MAX_ENTRIES + 1_000; i++) {
            assertThat(table.failed(new Ban("client/" + i, 0))).isFalse();
        }
        assertThat(table.size()).isEqualTo(BanTable.MAX_ENTRIES);
        assertThat(table.bans()).extracting(Ban::id).containsExactly("client/banned");
    }

    @Test
    void isBoundedAlsoIfAllAreBanned() {
        for (int i = 0; i < BanTable.MAX_ENTRIES + 10; i++) {
            assertThat(table.failed(new Ban("client/" + i, 1_000_000))).isTrue();
        }
        assertThat(table.size()).isEqualTo(BanTable.MAX_ENTRIES);
    }
}
