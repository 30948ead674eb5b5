package io.socksgateway.auth;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Apache's file of users: lines of {@code user:hash}, blank lines, and comments that begin with {@code #}. Blanks around a line do
 * not count, as in Apache.
 */
final class HtpasswdFormat {

    /** 13 characters of crypt(3) with DES: two of salt, eleven of hash. */
    private static final Pattern DES = Pattern.compile("[./A-Za-z0-9]{13}");

    private HtpasswdFormat() {}

    /**
     * Adds the users of a file and what is wrong with it.
     *
     * @param file what problems call it
     */
    static void read(String file, String text, UserTable.Builder users) {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String entry = line.strip();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                entry(file + ":" + number, entry, users);
            }
        }
    }

    private static void entry(String where, String entry, UserTable.Builder users) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            users.problem(where, "malformed line (expected: user:hash)");
            return;
        }
        String user = entry.substring(0, colon);
        String stored = entry.substring(colon + 1);
        if (DES.matcher(stored).matches()) {
            users.problem(
                    where,
                    "user " + user
                            + ": this is a DES hash of crypt(3), or looks like one, and only the first 8 characters"
                            + " of its password count: not supported (make another with htpasswd -B)");
            return;
        }
        users.add(where, user, stored, Set.of());
    }
}
