package io.socksgateway.auth;

import io.socksgateway.core.config.AuthConfig;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The groups of the users that the configuration itself and its files of users know. Those of directories, databases and
 * plug-ins are known only when somebody logs in.
 *
 * <p>Immutable.
 */
public final class GroupsOfUsers {

    private final Sources sources;

    private GroupsOfUsers(Sources sources) {
        this.sources = sources;
    }

    /**
     * Reads them as they are now. Blocks.
     *
     * @throws RuntimeException if a source is wrong
     */
    public static GroupsOfUsers read(AuthConfig config) {
        return new GroupsOfUsers(Sources.read(config));
    }

    /** Of the first source that has the user, in the order in which they are asked; none if there is none. */
    public Set<String> of(String user) {
        return Stream.concat(
                        Stream.of(sources.configured()),
                        sources.files().values().stream().map(FileAuthenticator.Contents::users))
                .filter(users -> users.names().contains(user))
                .findFirst()
                .map(users -> users.groupsOf(user))
                .orElse(Set.of());
    }
}
