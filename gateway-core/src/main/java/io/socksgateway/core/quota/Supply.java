package io.socksgateway.core.quota;

/** What octets are reserved from. */
public sealed interface Supply {

    /** Whether what was reserved from the other one counts for this one too. */
    boolean continues(Supply before);

    /**
     * So much in a period.
     *
     * @param period when it began, in milliseconds since 1970
     * @param end when it is over, or later
     */
    record Budget(long period, long end, long octets) implements Supply {

        /** Of a period whose end is not known. */
        public Budget(long period, long octets) {
            this(period, period + Period.LONGEST, octets);
        }

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
