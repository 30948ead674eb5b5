package io.socksgateway.auth;

/**
 * What is stored of a password: enough to tell whether one that is offered is right.
 *
 * <pre>
 *   {argon2id}$argon2id$v=19$m=19456,t=2,p=1$…   also argon2i and argon2d, also without the braces
 *   $2y$10$…                                     bcrypt, also $2a$ and $2b$, also after {bcrypt}
 *   $apr1$…  $1$…  $5$…  $6$…  {SHA}…            what htpasswd and crypt(3) write
 *   anything else                                the password itself
 * </pre>
 *
 * <p>Every kind bounds the work that a stored hash may ask for, when it is parsed. Passwords are octets. Immutable; prints
 * its kind and cost, nothing of the hash.
 */
public sealed interface PasswordHash permits Argon2Hash, BcryptHash, CryptHash, DigestHash {

    /** Tells whether the password is right, in a time that does not depend on how wrong it is. Slow: never on an event loop. */
    boolean verify(byte[] password);

    /** Roughly how long {@link #verify} takes, in microseconds. */
    long cost();

    /** A hash that takes as much work as this one, and that no password fits. */
    PasswordHash decoy();

    /** Tells stored hashes apart: 32 bytes, not a copy. */
    byte[] fingerprint();

    /** Whether the password itself is stored. */
    default boolean plainText() {
        return false;
    }

    /**
     * Reads a stored password.
     *
     * @throws IllegalArgumentException if it is no known hash or costs too much; the message holds nothing of it
     */
    static PasswordHash parse(String stored) {
        if (stored.isEmpty()) {
            throw new IllegalArgumentException("the password is empty");
        }
        String hash = HashPrefix.strip(stored);
        if (hash.startsWith("$argon2")) {
            return Argon2Hash.parse(hash);
        }
        if (hash.startsWith("$2")) {
            return BcryptHash.parse(hash);
        }
        if (hash.startsWith("$")) {
            return CryptHash.parse(hash);
        }
        return hash.startsWith(DigestHash.SHA) ? DigestHash.sha(hash) : DigestHash.plain(hash);
    }

    /** As much work as a password that was hashed with {@link #create}. */
    static PasswordHash decoyOfDefault() {
        return Argon2Hash.decoyOfDefault();
    }

    /** Hashes a new password with argon2id: 19 MiB, 2 passes, 1 lane. Slow. */
    static String create(byte[] password) {
        return "{argon2id}" + Argon2Hash.create(password);
    }
}
