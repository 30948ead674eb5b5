package io.socksgateway.auth;

import java.util.regex.Pattern;

/** The name in braces that some programs put before a hash that names itself already. */
final class HashPrefix {

    private static final Pattern ARGON2 = Pattern.compile("\\{(argon2(?:id|i|d))}(\\$\\1\\$.*)", Pattern.DOTALL);
    private static final Pattern BCRYPT = Pattern.compile("\\{bcrypt}(\\$2.*)", Pattern.DOTALL);

    private HashPrefix() {}

    static String strip(String stored) {
        var argon2 = ARGON2.matcher(stored);
        if (argon2.matches()) {
            return argon2.group(2);
        }
        var bcrypt = BCRYPT.matcher(stored);
        if (bcrypt.matches()) {
            return bcrypt.group(1);
        }
        if (stored.startsWith("{") && !stored.startsWith(DigestHash.SHA)) {
            throw unknown();
        }
        return stored;
    }

    static IllegalArgumentException unknown() {
        return new IllegalArgumentException("unknown kind of password hash (expected: {argon2id}, bcrypt $2y$, $apr1$,"
                + " {SHA}, $1$, $5$, $6$, or a password that begins with neither { nor $)");
    }
}
