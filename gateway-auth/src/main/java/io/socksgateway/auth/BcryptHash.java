package io.socksgateway.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * bcrypt: {@code $2y$COST$} and 53 characters of salt and hash; 2a, 2b and 2y are one algorithm here. Cost 4 to 16.
 *
 * <p>Like everywhere else, only the first 72 octets of a password count. One with a NUL never fits: a hash is made of a C string.
 *
 * <p>Immutable.
 */
final class BcryptHash implements PasswordHash {

    private static final Pattern FORM =
            Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static final int MAX_COST = 16;
    private static final int MAX_OCTETS = 72;
    private static final int HASH_OCTETS = 23;

    private final int rounds;
    private final byte[] salt;
    private final byte[] expected;
    private final byte[] fingerprint;

    private BcryptHash(int rounds, byte[] salt, byte[] expected, byte[] fingerprint) {
        this.rounds = rounds;
        this.salt = salt;
        this.expected = expected;
        this.fingerprint = fingerprint;
    }

    static BcryptHash parse(String hash) {
        Matcher form = FORM.matcher(hash);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "malformed bcrypt hash (expected: $2a$, $2b$ or $2y$, a cost of two digits, $ and 53 characters)");
        }
        int rounds = Bounds.check("cost of the bcrypt hash", form.group(1), 4, MAX_COST);
        return new BcryptHash(rounds, decode(form.group(2)), decode(form.group(3)), DigestHash.fingerprint(hash));
    }

    /** bcrypt has a base64 of its own; bits beyond the last octet are ignored, as some programs set them. */
    private static byte[] decode(String text) {
        StringBuilder base64 = new StringBuilder(text.length());
        text.chars().forEach(c -> base64.append(BASE64.charAt(ALPHABET.indexOf(c))));
        return Base64.getDecoder().decode(base64.toString());
    }

    @Override
    public boolean verify(byte[] password) {
        // The C string with its NUL, as far as it counts.
        byte[] key = Arrays.copyOf(password, Math.min(password.length + 1, MAX_OCTETS));
        try {
            byte[] derived = Arrays.copyOf(BCrypt.generate(key, salt, rounds, false), HASH_OCTETS);
            return MessageDigest.isEqual(expected, derived) && !hasNul(password);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static boolean hasNul(byte[] password) {
        for (byte octet : password) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long cost() {
        return 60L << rounds;
    }

    @Override
    public PasswordHash decoy() {
        return new BcryptHash(rounds, salt, DigestHash.random(HASH_OCTETS), DigestHash.random(32));
    }

    @Override
    public byte[] fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "bcrypt," + rounds;
    }
}
