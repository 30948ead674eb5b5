package io.socksgateway.core.quota;

/**
 * How it stands with one who is watched.
 *
 * <p>Immutable.
 *
 * @param banned milliseconds that are left of a ban, 0 if there is none
 * @param failures failed logins that count towards the next one
 */
public record LoginTally(long banned, int failures) {

    /** The graver of two opinions. */
    public LoginTally or(LoginTally other) {
        return new LoginTally(Math.max(banned, other.banned), Math.max(failures, other.failures));
    }
}
