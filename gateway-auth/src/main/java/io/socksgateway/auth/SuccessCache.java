package io.socksgateway.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The checks that went well a short while ago, so that a client of many connections costs one hash. Holds no password: an
 * entry is known by the HMAC of user, stored hash and password under a random key of this process. A stored hash that changes thus
 * forgets the old one.
 *
 * <p>Confined to one event loop.
 */
final class SuccessCache {

    static final int MAX_ENTRIES = 1_024;

    private final KeyedDigest digest = new KeyedDigest(DigestHash.random(KeyedDigest.BLOCK));
    private final long lifetime;
    private final LongSupplier clock;
    /** When each was added; oldest first. */
    private final Map<ByteBuffer, Success> added = new LinkedHashMap<>();

    private record Success(String user, long since) {}

    /**
     * @param lifetime nanoseconds
     * @param clock nanoseconds, monotonic
     */
    SuccessCache(long lifetime, LongSupplier clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** What stands for a check in this cache. */
    ByteBuffer key(String user, PasswordHash hash, byte[] password) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] length =
                ByteBuffer.allocate(Integer.BYTES).putInt(0, name.length).array();
        return ByteBuffer.wrap(digest.of(length, name, hash.fingerprint(), password));
    }

    boolean contains(ByteBuffer key) {
        Success success = added.get(key);
        return success != null && fresh(success);
    }

    /** Adds an entry; drops those that are too old, and the oldest if it is full. */
    void add(ByteBuffer key, String user) {
        added.remove(key);
        added.put(key, new Success(user, clock.getAsLong()));
        added.values().removeIf(success -> !fresh(success));
        if (added.size() > MAX_ENTRIES) {
            added.remove(added.keySet().iterator().next());
        }
    }

    /** Drops the entries of users. */
    void forget(Predicate<String> users) {
        added.values().removeIf(success -> users.test(success.user()));
    }

    private boolean fresh(Success success) {
        return clock.getAsLong() - success.since() < lifetime;
    }

    int size() {
        return added.size();
    }
}
