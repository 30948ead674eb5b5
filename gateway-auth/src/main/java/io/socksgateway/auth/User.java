package io.socksgateway.auth;

import io.socksgateway.core.session.Identity;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A user that a source knows.
 *
 * <p>Immutable.
 */
record User(String name, Identity identity, PasswordHash password) {

    /** Whether who has logged in as this user could have done so as the other, and would be in the same groups. */
    boolean isSame(@Nullable User other) {
        return other != null
                && identity.equals(other.identity)
                && MessageDigest.isEqual(password.fingerprint(), other.password.fingerprint());
    }
}
