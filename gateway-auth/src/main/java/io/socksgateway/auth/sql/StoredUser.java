package io.socksgateway.auth.sql;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row about a user. Prints nothing of the password.
 *
 * <p>Immutable.
 *
 * @param name as the database spells it
 * @param password hash, or the password itself; null if there is none
 */
public record StoredUser(String name, @Nullable String password, boolean enabled, Set<String> groups) {

    public StoredUser {
        groups = Set.copyOf(groups);
    }

    @Override
    public String toString() {
        return name + (enabled ? " " : " (disabled) ") + groups;
    }
}
