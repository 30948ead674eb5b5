package io.socksgateway.auth;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.bus.Ban;
import io.socksgateway.core.quota.LoginSubject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What this node knows of those whose logins fail, wherever in the cluster they do: who is banned, and whose success is worth
 * telling. Of a flood of them, the 100,000 latest.
 *
 * <p>Confined to its event loop.
 */
final class BanTable {

    static final int MAX_ENTRIES = 100_000;

    private final long suspicion;
    private final LongSupplier clock;
    /** The one that was heard of longest ago first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Times in nanoseconds of the clock. */
    private record Entry(long suspectUntil, long bannedUntil, int failures) {}

    /**
     * @param suspicion milliseconds for which a failure counts
     * @param clock nanoseconds, monotonic
     */
    BanTable(long suspicion, LongSupplier clock) {
        this.suspicion = TimeUnit.MILLISECONDS.toNanos(suspicion);
        this.clock = clock;
    }

    /**
     * Takes in how it stands with somebody after a login.
     *
     * @return whether it is a ban that was not known
     */
    @CanIgnoreReturnValue
    boolean learn(Ban ban) {
        long now = clock.getAsLong();
        Entry before = entries.remove(ban.id());
        boolean banned = before != null && before.bannedUntil - now > 0;
        long until = now + TimeUnit.MILLISECONDS.toNanos(ban.millisLeft());
        if (banned && before.bannedUntil - until > 0) {
            until = before.bannedUntil;
        }
        if (ban.failures() > 0 || until - now > 0) {
            entries.put(ban.id(), new Entry(now + suspicion, until, ban.failures()));
            if (entries.size() > MAX_ENTRIES) {
                drop(now);
            }
        }
        return ban.millisLeft() > 0 && !banned;
    }

    /** One that is over from among the oldest, or else the oldest of those who are not banned, or else the oldest. */
    private void drop(long now) {
        String victim = null;
        Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
        for (int looked = 0; looked < 64 && oldest.hasNext(); looked++) {
            Map.Entry<String, Entry> entry = oldest.next();
            victim = victim == null ? entry.getKey() : victim;
            if (entry.getValue().bannedUntil - now <= 0) {
                victim = entry.getKey();
                break;
            }
        }
        if (victim != null) {
            entries.remove(victim);
        }
    }

    boolean banned(LoginSubject who) {
        return banned(who.client()) || banned(who.user());
    }

    private boolean banned(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.bannedUntil - clock.getAsLong() > 0;
    }

    /** How many failures count towards the next ban. */
    int failures(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.suspectUntil - clock.getAsLong() > 0 ? entry.failures : 0;
    }

    /** Those in force, the longest first. */
    List<Ban> bans() {
        long now = clock.getAsLong();
        List<Ban> bans = new ArrayList<>();
        entries.forEach((key, entry) -> {
            long left = entry.bannedUntil - now;
            if (left > 0) {
                bans.add(new Ban(key, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)), entry.failures));
            }
        });
        bans.sort(Comparator.comparingLong(Ban::millisLeft).reversed());
        return bans;
    }

    /** Forgets bans, and says which. */
    List<String> lift(Predicate<String> which) {
        List<String> lifted = bans().stream().map(Ban::id).filter(which).toList();
        lifted.forEach(entries::remove);
        return lifted;
    }

    int size() {
        return entries.size();
    }
}
