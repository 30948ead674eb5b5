package io.socksgateway.core.bus;

import java.util.List;

/**
 * The answer to a {@link QuotaRequest}.
 *
 * <p>Immutable.
 */
public sealed interface QuotaOutcome {

    /**
     * The session is counted until it is released.
     *
     * @param quotas names of the quotas that count it; empty if none concerns it
     */
    record Granted(List<String> quotas) implements QuotaOutcome {
        public Granted {
            quotas = List.copyOf(quotas);
        }
    }

    /**
     * A limit is reached, or the store could not tell.
     *
     * @param quota name of the quota
     * @param detail for the log
     */
    record Refused(String quota, String detail) implements QuotaOutcome {}
}
