package io.socksgateway.auth;

import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.session.Revocation;
import java.util.Optional;
import java.util.Set;

/** Compares the users of two configurations. */
public final class ChangedUsers {

    private ChangedUsers() {}

    /**
     * The users of {@code auth.users} who are gone in the newer configuration, or have another password or other groups there.
     *
     * @param before one that was in force
     * @param after a valid one
     * @return nothing if there are none
     */
    public static Optional<Revocation> between(AuthConfig before, AuthConfig after) {
        Set<String> lost = ConfiguredUsers.read(before.users())
                .build()
                .lost(ConfiguredUsers.read(after.users()).build());
        return lost.isEmpty() ? Optional.empty() : Optional.of(new Revocation(ConfiguredUsers.NAME, lost));
    }
}
