package io.socksgateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A bare digest of the password: Apache's {@code {SHA}} with the base64 of its SHA-1, or a password in plain text, of which
 * the SHA-256 is kept so that lengths do not show in the time it takes to compare.
 *
 * <p>Immutable.
 */
final class DigestHash implements PasswordHash {

    static final String SHA = "{SHA}";
    private static final String SHA1 = "SHA-1";
    private static final String SHA256 = "SHA-256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String algorithm;
    private final byte[] expected;
    private final byte[] fingerprint;

    private DigestHash(String algorithm, byte[] expected, byte[] fingerprint) {
        this.algorithm = algorithm;
        this.expected = expected;
        this.fingerprint = fingerprint;
    }

    static DigestHash sha(String hash) {
        if (!hash.matches("\\{SHA}[A-Za-z0-9+/]{27}=")) {
            throw new IllegalArgumentException("malformed {SHA} hash (expected: base64 of 20 octets)");
        }
        return new DigestHash(SHA1, Base64.getDecoder().decode(hash.substring(SHA.length())), fingerprint(hash));
    }

    static DigestHash plain(String password) {
        byte[] digest = fingerprint(password);
        return new DigestHash(SHA256, digest, digest);
    }

    static byte[] fingerprint(String stored) {
        return digest(SHA256, stored.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] random(int length) {
        byte[] octets = new byte[length];
        RANDOM.nextBytes(octets);
        return octets;
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    @Override
    public boolean verify(byte[] password) {
        return MessageDigest.isEqual(expected, digest(algorithm, password));
    }

    @Override
    public long cost() {
        return 1;
    }

    @Override
    public PasswordHash decoy() {
        return new DigestHash(algorithm, random(expected.length), random(32));
    }

    @Override
    public byte[] fingerprint() {
        return fingerprint;
    }

    @Override
    public boolean plainText() {
        return algorithm.equals(SHA256);
    }

    @Override
    public String toString() {
        return plainText() ? "plain text" : "SHA-1";
    }
}
