package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.Secret;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangedUsersTest {

    private static AuthConfig.User user(String name, String password, String... groups) {
        return new AuthConfig.User(name, new Secret(password), Set.of(groups));
    }

    private static AuthConfig config(AuthConfig.User... users) {
        return new AuthConfig(List.of(), List.of(users));
    }

    @Test
    void areThoseWhoAreGoneAndThoseWhoAreNotTheSame() {
        AuthConfig before =
                config(user("same", "p", "a"), user("gone", "p"), user("password", "p"), user("groups", "p", "a"));
        AuthConfig after =
                config(user("same", "p", "a"), user("new", "p"), user("password", "q"), user("groups", "p", "a", "b"));
        assertThat(ChangedUsers.between(before, after))
                .isEqualTo(new ChangedUsers("auth.users", Set.of("gone"), Set.of("password", "groups")));
    }

    @Test
    void areNoneIfAllAreThereAsBefore() {
        AuthConfig before = config(user("a", Vectors.BCRYPT));
        assertThat(ChangedUsers.between(before, config(user("b", "p"), user("a", Vectors.BCRYPT))))
                .isEqualTo(ChangedUsers.none("auth.users"));
        assertThat(ChangedUsers.between(config(), config())).isEqualTo(ChangedUsers.none("auth.users"));
    }
}
