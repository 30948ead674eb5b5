package io.socksgateway.core.quota;

import java.util.ArrayList;
import java.util.List;

/**
 * The failed logins of one who is watched, and the bans that they have led to.
 *
 * <p>Each failure counts for {@code within}; as many as the rule has lead to a ban, with which counting begins anew. Each ban is twice
 * as long as the one before, until none has happened for {@code maxBan}. A success forgives the failures of the same user and
 * not those of others, or somebody with a password of his own could guess at theirs for ever.
 *
 * <p>Times are milliseconds given by the caller: the same input always makes the same output, wherever it is computed again.
 *
 * <p>Immutable.
 *
 * @param recent the failures that still count, oldest first
 * @param bans in a row
 * @param bannedUntil end of the latest ban
 */
public record LoginFailures(List<Failure> recent, int bans, long bannedUntil) {

    /** Nothing has happened. */
    public static final LoginFailures NONE = new LoginFailures(List.of(), 0, 0);

    /** More bans in a row make no difference: the longest is 24 hours. */
    private static final int MAX_BANS = 30;

    /** Milliseconds by which the clocks of nodes may differ, and failures come late. */
    private static final long SKEW = 10_000;

    /**
     * One failure.
     *
     * @param user stands for the user whose password was wrong
     */
    public record Failure(long time, int user) {}

    public LoginFailures {
        recent = List.copyOf(recent);
    }

    /** After another failure. One that comes late, behind the ban, changes nothing. */
    public LoginFailures failed(int user, long now, BackoffRule rule) {
        LoginFailures known = withoutFuture(now, rule);
        return known.banned(now) ? known : known.counted(user, now, rule);
    }

    private LoginFailures counted(int user, long now, BackoffRule rule) {
        int inRow = quiet(now, rule) ? 0 : bans;
        List<Failure> counting = new ArrayList<>(recent);
        counting.removeIf(failure -> now - failure.time() >= rule.within());
        counting.add(new Failure(now, user));
        return counting.size() < rule.failures()
                ? new LoginFailures(counting, inRow, bannedUntil)
                : new LoginFailures(List.of(), Math.min(MAX_BANS, inRow + 1), now + length(inRow, rule));
    }

    /**
     * Without what was noted by a clock that was set back since, or it would last longer by as much. A ban of which more is left
     * than it has ever had is over.
     */
    private LoginFailures withoutFuture(long now, BackoffRule rule) {
        boolean early = bans > 0 && bannedUntil - now > length(bans - 1, rule) + SKEW;
        boolean future = recent.stream().anyMatch(failure -> failure.time() - now > SKEW);
        if (!early && !future) {
            return this;
        }
        List<Failure> past =
                recent.stream().filter(failure -> failure.time() - now <= SKEW).toList();
        return new LoginFailures(past, bans, early ? now : bannedUntil);
    }

    private static long length(int bansBefore, BackoffRule rule) {
        return Math.min(rule.maxBan(), rule.ban() << Math.min(bansBefore, MAX_BANS));
    }

    /** After a login of the user that went well. */
    public LoginFailures succeeded(int user) {
        if (recent.stream().noneMatch(failure -> failure.user() == user)) {
            return this;
        }
        List<Failure> others = new ArrayList<>(recent);
        others.removeIf(failure -> failure.user() == user);
        return new LoginFailures(others, bans, bannedUntil);
    }

    public boolean banned(long now) {
        return bannedFor(now) > 0;
    }

    /** Milliseconds that are left of the ban, 0 if there is none. */
    public long bannedFor(long now) {
        return bans == 0 ? 0 : Math.max(0, bannedUntil - now);
    }

    /** How it stands at this time. */
    public LoginTally tally(long now, BackoffRule rule) {
        LoginFailures known = withoutFuture(now, rule);
        long counting = known.recent.stream()
                .filter(each -> now - each.time() < rule.within())
                .count();
        return new LoginTally(known.bannedFor(now), (int) counting);
    }

    /** Milliseconds from which on nothing of this matters any more. */
    public long memory(long now, BackoffRule rule) {
        long counting = recent.isEmpty() ? now : recent.get(recent.size() - 1).time() + rule.within();
        long lengthening = bans == 0 ? now : bannedUntil + rule.maxBan();
        return Math.max(0, Math.max(counting, lengthening) - now);
    }

    private boolean quiet(long now, BackoffRule rule) {
        return now - bannedUntil >= rule.maxBan();
    }
}
