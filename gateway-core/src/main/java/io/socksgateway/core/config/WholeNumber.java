package io.socksgateway.core.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A number without fraction, from {@code min} to {@code max}. As in JSON Schema, {@code 5.0} is one. */
record WholeNumber(int min, int max) implements Kind<Integer> {

    static final Kind<Integer> PORT = new WholeNumber(0, 65_535);

    @Override
    public @Nullable Integer read(Cursor at) {
        if (at.value() instanceof Number number) {
            Integer whole = exact(number);
            if (whole != null) {
                return whole;
            }
        }
        at.unexpected(expected());
        return null;
    }

    private @Nullable Integer exact(Number number) {
        BigDecimal value;
        try {
            value = new BigDecimal(number.toString());
        } catch (NumberFormatException infiniteOrNaN) {
            return null;
        }
        boolean inRange =
                value.compareTo(BigDecimal.valueOf(min)) >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0;
        return inRange && value.compareTo(BigDecimal.valueOf(value.intValue())) == 0 ? value.intValue() : null;
    }

    @Override
    public String expected() {
        return max == Integer.MAX_VALUE
                ? "a whole number, " + min + " or more"
                : "a whole number from " + min + " to " + max;
    }
}
