package io.socksgateway.core.bus;

import io.socksgateway.core.quota.Allowance;
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
     * @param allowance what it may move
     */
    record Granted(List<String> quotas, Allowance allowance) implements QuotaOutcome {
        public Granted {
            quotas = List.copyOf(quotas);
        }

        /** Without a limit on octets. */
        public Granted(List<String> quotas) {
            this(quotas, Allowance.unlimited());
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
