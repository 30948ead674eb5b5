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

    private static UserTable table(AuthConfig.User... users) {
        return ConfiguredUsers.read(List.of(users)).build();
    }

    @Test
    void areThoseWhoAreGoneAndThoseWhoAreNotTheSame() {
        UserTable before =
                table(user("same", "p", "a"), user("gone", "p"), user("password", "p"), user("groups", "p", "a"));
        UserTable after =
                table(user("same", "p", "a"), user("new", "p"), user("password", "q"), user("groups", "p", "a", "b"));
        assertThat(ChangedUsers.between("staff", before, after))
                .isEqualTo(new ChangedUsers("staff", Set.of("gone"), Set.of("password", "groups")));
    }

    @Test
    void areNoneIfAllAreThereAsBefore() {
        UserTable before = table(user("a", Vectors.BCRYPT));
        assertThat(ChangedUsers.between("staff", before, table(user("b", "p"), user("a", Vectors.BCRYPT))))
                .isEqualTo(ChangedUsers.none("staff"));
        assertThat(ChangedUsers.between("staff", table(), table())).isEqualTo(ChangedUsers.none("staff"));
    }
}
