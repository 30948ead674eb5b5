package io.socksgateway.core.wire;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The credentials of RFC 1929: 1 to 255 octets each, UTF-8 by convention.
 *
 * <p>Holds the only copy of the password until {@link #wipe}. Confined to its session.
 */
public final class UserPassword {

    private final String user;
    private final byte[] password;

    /**
     * Takes the array over.
     *
     * @param password wiped by {@link #wipe}
     */
    public UserPassword(String user, byte[] password) {
        this.user = user;
        this.password = password;
    }

    public static UserPassword of(String user, String password) {
        return new UserPassword(user, password.getBytes(StandardCharsets.UTF_8));
    }

    public String user() {
        return user;
    }

    /** The password's octets, not a copy: not to be kept or changed. */
    public byte[] password() {
        return password;
    }

    /** Overwrites the password. */
    @CanIgnoreReturnValue
    public UserPassword wipe() {
        Arrays.fill(password, (byte) 0);
        return this;
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
