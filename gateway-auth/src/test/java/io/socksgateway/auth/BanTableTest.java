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
        assertThat(table.learn(new Ban(alice.user(), 60, 0))).isTrue();
        assertThat(table.banned(alice)).isTrue();
        pass(60);
        assertThat(table.banned(alice)).isFalse();
        assertThat(table.learn(new Ban(alice.client(), 60, 0))).isTrue();
        assertThat(table.banned(alice)).isTrue();
    }

    @Test
    void aBanThatIsKnownIsNoNews() {
        assertThat(table.learn(new Ban("client/a", 60, 0))).isTrue();
        assertThat(table.learn(new Ban("client/a", 59, 0))).isFalse();
        assertThat(table.learn(new Ban("client/a", 0, 0))).isFalse();
        assertThat(table.bans()).containsExactly(new Ban("client/a", 60, 0));
        pass(60);
        assertThat(table.bans()).isEmpty();
        assertThat(table.learn(new Ban("client/a", 120, 0))).isTrue();
    }

    @Test
    void whoHasFailedIsWatchedForAWhile() {
        assertThat(table.failures("client/a")).isZero();
        assertThat(table.learn(new Ban("client/a", 0, 2))).isFalse();
        assertThat(table.failures("client/a")).isEqualTo(2);
        assertThat(table.bans()).isEmpty();
        pass(100);
        assertThat(table.failures("client/a")).isZero();
    }

    @Test
    void whoIsForgivenIsForgotten() {
        assertThat(table.learn(new Ban("client/a", 0, 2))).isFalse();
        assertThat(table.learn(new Ban("client/a", 0, 1))).isFalse();
        assertThat(table.failures("client/a")).isOne();
        assertThat(table.learn(new Ban("client/a", 0, 0))).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void listsTheLongestFirstAndLiftsWhatIsMeant() {
        assertThat(table.learn(new Ban("client/a", 60, 0))).isTrue();
        assertThat(table.learn(new Ban("client/b", 90, 0))).isTrue();
        assertThat(table.learn(new Ban("client/c", 0, 1))).isFalse();
        assertThat(table.bans()).extracting(Ban::id).containsExactly("client/b", "client/a");
        assertThat(table.lift(id -> id.endsWith("a") || id.endsWith("c"))).containsExactly("client/a");
        assertThat(table.bans()).extracting(Ban::id).containsExactly("client/b");
    }

    /** A flood of others neither fills the memory nor lifts a ban as long as there is anything else to forget. */
    @Test
    void forgetsThoseFirstWhoAreNotBanned() {
        assertThat(table.learn(new Ban("client/banned", 1_000_000, 0))).isTrue();
        for (int i = 0; i < BanTable.MAX_ENTRIES + 1_000; i++) {
            assertThat(table.learn(new Ban("client/" + i, 0, 1))).isFalse();
        }
        assertThat(table.size()).isEqualTo(BanTable.MAX_ENTRIES);
        assertThat(table.bans()).extracting(Ban::id).containsExactly("client/banned");
    }

    @Test
    void isBoundedAlsoIfAllAreBanned() {
        for (int i = 0; i < BanTable.MAX_ENTRIES + 10; i++) {
            assertThat(table.learn(new Ban("client/" + i, 1_000_000, 0))).isTrue();
        }
        assertThat(table.size()).isEqualTo(BanTable.MAX_ENTRIES);
    }
}
