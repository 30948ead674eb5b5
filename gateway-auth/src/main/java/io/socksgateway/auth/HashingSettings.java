package io.socksgateway.auth;

import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * How passwords are checked.
 *
 * <p>Immutable.
 *
 * @param workers threads that hash, 1 or more
 * @param patience nanoseconds after which nobody wants the answer any more
 * @param remember nanoseconds for which a check that went well is remembered
 * @param clock nanoseconds, monotonic
 * @param verifier what does the work; called by the workers
 */
record HashingSettings(
        int workers, long patience, long remember, LongSupplier clock, BiPredicate<PasswordHash, byte[]> verifier) {

    private static final long REMEMBER = 60_000_000_000L;

    /**
     * @param timeout milliseconds that the asker waits
     */
    static HashingSettings of(long timeout) {
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors());
        return new HashingSettings(cores, timeout * 1_000_000, REMEMBER, System::nanoTime, PasswordHash::verify);
    }
}
