package io.socksgateway.auth;

/** The bounds on what a stored hash may cost. */
final class Bounds {

    private Bounds() {}

    /**
     * Reads a decimal number of up to nine digits.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    static int check(String what, String digits, int min, int max) {
        int value = Integer.parseInt(digits);
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: " + min + ".." + max + ")");
        }
        return value;
    }
}
