package io.socksgateway.auth.ldap;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.function.Supplier;

/** Puts the key of the configuration before what is wrong with its value. */
final class Malformed {

    private Malformed() {}

    @CanIgnoreReturnValue // where it is only tried
    static <T> T in(String key, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
