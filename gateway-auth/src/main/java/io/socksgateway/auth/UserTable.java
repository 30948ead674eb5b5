package io.socksgateway.auth;

import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users of one source, by name.
 *
 * <p>Immutable.
 */
final class UserTable {

    private static final int MAX_NAME = 255;

    private final Map<String, User> users;
    private final Answer.Unknown unknown;
    private final int plainTexts;

    private UserTable(Map<String, User> users, Answer.Unknown unknown, int plainTexts) {
        this.users = users;
        this.unknown = unknown;
        this.plainTexts = plainTexts;
    }

    /** Looks the user up and has the password checked. */
    Future<Answer> answer(UserPassword credentials, PasswordChecker checker) {
        User user = users.get(credentials.user());
        if (user == null) {
            return Future.succeededFuture(unknown);
        }
        return checker.check(credentials, user.password())
                .map(right -> right ? new Answer.Accepted(user.identity()) : Answer.WRONG_PASSWORD);
    }

    /** The answer for who is not in it. */
    Answer.Unknown unknown() {
        return unknown;
    }

    /** What is known of a user, whatever its password. */
    Answer look(String name) {
        User user = users.get(name);
        return user == null ? unknown : new Answer.Accepted(user.identity());
    }

    /** The groups of a user by name; none if the user is not in it. */
    Set<String> groupsOf(String name) {
        User user = users.get(name);
        return user == null ? Set.of() : user.identity().groups();
    }

    /** The users of this table who are not in a newer one. */
    Set<String> gone(UserTable newer) {
        return users.keySet().stream()
                .filter(name -> !newer.users.containsKey(name))
                .collect(Collectors.toSet());
    }

    /** The users of this table who have another password or other groups in a newer one. */
    Set<String> changed(UserTable newer) {
        return users.values().stream()
                .filter(user -> newer.users.containsKey(user.name()) && !user.isSame(newer.users.get(user.name())))
                .map(User::name)
                .collect(Collectors.toSet());
    }

    /** How it stands with somebody who was found in this table, or one before it. */
    Standing standing(Identity known) {
        String name = known.user();
        User user = name == null ? null : users.get(name);
        if (user == null) {
            return Standing.GONE;
        }
        return user.identity().groups().equals(known.groups()) ? Standing.GOOD : Standing.CHANGED;
    }

    /** Whether a user or a group may be called so. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME
                && name.chars().noneMatch(Character::isISOControl);
    }

    int size() {
        return users.size();
    }

    Set<String> names() {
        return users.keySet();
    }

    /** How many users have their password itself stored. */
    int plainTexts() {
        return plainTexts;
    }

    /**
     * Collects users, and all that is wrong with them.
     *
     * <p>Confined to one thread.
     */
    static final class Builder {

        private static final int MAX_PROBLEMS = 50;

        private final Map<String, User> users = new HashMap<>();
        private final List<String> problems = new ArrayList<>();

        /**
         * Adds a user.
         *
         * @param where what a problem's text begins with: file and line, or the path in the configuration
         * @param stored password or hash
         */
        void add(String where, String name, String stored, Set<String> groups) {
            if (!isName(name)) {
                problem(where, "malformed user name (expected: 1 to " + MAX_NAME + " octets, no control characters)");
                return;
            }
            try {
                User user = new User(name, new Identity(name, groups), PasswordHash.parse(stored));
                if (users.putIfAbsent(name, user) != null) {
                    problem(where, "user " + name + " is there twice");
                }
            } catch (IllegalArgumentException e) {
                problem(where, "user " + name + ": " + e.getMessage());
            }
        }

        void problem(String where, String what) {
            problems.add(where + ": " + what);
        }

        /** What is wrong; a long list is cut, and says so. */
        List<String> problems() {
            if (problems.size() <= MAX_PROBLEMS) {
                return List.copyOf(problems);
            }
            List<String> first = new ArrayList<>(problems.subList(0, MAX_PROBLEMS));
            first.add("and " + (problems.size() - MAX_PROBLEMS) + " more problems");
            return first;
        }

        /**
         * @throws UserSourceException if anything is wrong
         */
        UserTable build() {
            if (!problems.isEmpty()) {
                throw new UserSourceException(problems());
            }
            int plainTexts = (int) users.values().stream()
                    .filter(user -> user.password().plainText())
                    .count();
            return new UserTable(Map.copyOf(users), new Answer.Unknown(decoy()), plainTexts);
        }

        /** Imitates the cost that most users have, so that the time of an answer does not tell who is known. */
        private @Nullable PasswordHash decoy() {
            Map<Long, Integer> counts = new HashMap<>();
            users.values().forEach(user -> counts.merge(user.password().cost(), 1, Integer::sum));
            if (counts.isEmpty()) {
                return null;
            }
            int most = Collections.max(counts.values());
            long cost = counts.entrySet().stream()
                    .filter(entry -> entry.getValue() == most)
                    .mapToLong(Map.Entry::getKey)
                    .max()
                    .orElseThrow();
            return users.values().stream()
                    .map(User::password)
                    .filter(hash -> hash.cost() == cost)
                    .findFirst()
                    .map(PasswordHash::decoy)
                    .orElseThrow();
        }
    }
}
