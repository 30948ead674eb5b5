package io.socksgateway.auth.ldap;

import java.util.Set;

/**
 * What a directory says of a login.
 *
 * <p>Immutable.
 */
public sealed interface DirectoryAnswer {

    DirectoryAnswer UNKNOWN = new Unknown();

    /**
     * The password is right.
     *
     * @param name as the directory spells it
     */
    record Right(String name, Set<String> groups) implements DirectoryAnswer {
        public Right {
            groups = Set.copyOf(groups);
        }
    }

    /**
     * The user may not log in with it.
     *
     * @param reason for the log
     */
    record Wrong(String reason) implements DirectoryAnswer {}

    /** There is no such user. */
    record Unknown() implements DirectoryAnswer {}
}
