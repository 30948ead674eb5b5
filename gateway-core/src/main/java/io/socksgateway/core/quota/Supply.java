package io.socksgateway.core.quota;

/** What octets are reserved from. */
public sealed interface Supply {

    /** Whether what was reserved from the other one counts for this one too. */
    boolean continues(Supply before);

    /**
     * So much in a period.
     *
     * @param period when it began, in milliseconds since 1970
     */
    record Budget(long period, long octets) implements Supply {
        @Override
        public boolean continues(Supply before) {
            return before instanceof Budget budget && budget.period == period;
        }
    }

    /** So much in a second, for ever. */
    record Rate(long octetsPerSecond) implements Supply {
        @Override
        public boolean continues(Supply before) {
            return before instanceof Rate;
        }
    }
}
