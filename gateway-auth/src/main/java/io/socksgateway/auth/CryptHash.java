package io.socksgateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * The hashes of crypt(3) and Apache: {@code $apr1$} and {@code $1$} (MD5), {@code $5$} (SHA-256) and {@code $6$} (SHA-512), the
 * last two of 1,000 to 1,000,000 rounds.
 *
 * <p>Immutable.
 */
final class CryptHash implements PasswordHash {

    private static final String CHARACTERS = "[./A-Za-z0-9]";
    private static final Pattern FORM = Pattern.compile(
            "(\\$(apr1|1|5|6)\\$(?:rounds=(\\d{1,9})\\$)?" + CHARACTERS + "{1,16}\\$)(" + CHARACTERS + "{22,86})");
    private static final int DEFAULT_ROUNDS = 5_000;
    private static final int MD5_ROUNDS = 1_000;

    private final String scheme;
    private final int rounds;
    /** All up to the hash itself. */
    private final String salt;

    private final byte[] expected;
    private final byte[] fingerprint;

    private CryptHash(String scheme, int rounds, String salt, byte[] expected, byte[] fingerprint) {
        this.scheme = scheme;
        this.rounds = rounds;
        this.salt = salt;
        this.expected = expected;
        this.fingerprint = fingerprint;
    }

    static CryptHash parse(String hash) {
        Matcher form = FORM.matcher(hash);
        if (!form.matches()) {
            throw hash.matches("(?s)\\$(apr1|1|5|6)\\$.*")
                    ? new IllegalArgumentException(
                            "malformed crypt hash (expected: $apr1$, $1$, $5$ or $6$, SALT$HASH)")
                    : HashPrefix.unknown();
        }
        String scheme = form.group(2);
        boolean md5 = isMd5(scheme);
        int length = md5 ? 22 : scheme.equals("5") ? 43 : 86;
        String salt = form.group(1);
        if (form.group(4).length() != length
                || (md5 && (form.group(3) != null || salt.length() > scheme.length() + 11))) {
            throw new IllegalArgumentException("malformed crypt hash (the salt or the hash has a wrong length)");
        }
        int rounds = md5 ? MD5_ROUNDS : DEFAULT_ROUNDS;
        if (form.group(3) != null) {
            rounds = Bounds.check("rounds of the crypt hash", form.group(3), 1_000, 1_000_000);
        }
        return new CryptHash(scheme, rounds, salt, octets(form.group(4)), DigestHash.fingerprint(hash));
    }

    private static boolean isMd5(String scheme) {
        return scheme.equals("apr1") || scheme.equals("1");
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean verify(byte[] password) {
        byte[] key = password.clone();
        try {
            String derived = derive(key);
            return MessageDigest.isEqual(expected, octets(derived.substring(derived.lastIndexOf('$') + 1)));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The library overwrites the key. */
    private String derive(byte[] key) {
        return switch (scheme) {
            case "apr1" -> Md5Crypt.apr1Crypt(key, salt);
            case "1" -> Md5Crypt.md5Crypt(key, salt);
            case "5" -> Sha2Crypt.sha256Crypt(key, salt);
            default -> Sha2Crypt.sha512Crypt(key, salt);
        };
    }

    @Override
    public long cost() {
        return isMd5(scheme) ? 3L * rounds : rounds;
    }

    @Override
    public PasswordHash decoy() {
        return new CryptHash(scheme, rounds, salt, DigestHash.random(expected.length), DigestHash.random(32));
    }

    @Override
    public byte[] fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "crypt," + scheme + "," + rounds;
    }
}
