package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.session.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The logins that somebody else has found right a short while ago. Holds no password: an entry is the HMAC of the listener, the
 * client's address, the user and the password under a random key of this process.
 *
 * <p>Confined to its event loop.
 */
final class LoginCache {

    private final KeyedDigest digest = new KeyedDigest(DigestHash.random(KeyedDigest.BLOCK));
    private final long lifetime;
    private final int maxEntries;
    private final LongSupplier clock;
    /** Oldest first. */
    private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>();

    private record Entry(Identity identity, long since) {}

    /**
     * @param lifetime nanoseconds, 0 to remember nothing
     * @param clock nanoseconds, monotonic
     */
    LoginCache(long lifetime, int maxEntries, LongSupplier clock) {
        this.lifetime = lifetime;
        this.maxEntries = maxEntries;
        this.clock = clock;
    }

    /** What stands for a login. Each part but the last with its length, so that no two logins are the same text. */
    ByteBuffer key(AuthRequest request) {
        byte[] listener = request.listener().getBytes(StandardCharsets.UTF_8);
        byte[] client = request.client().getAddress();
        byte[] user = request.credentials().user().getBytes(StandardCharsets.UTF_8);
        byte[] lengths = ByteBuffer.allocate(3 * Integer.BYTES)
                .putInt(listener.length)
                .putInt(client.length)
                .putInt(user.length)
                .array();
        return ByteBuffer.wrap(
                digest.of(lengths, listener, client, user, request.credentials().password()));
    }

    /** Who the login was found to be, or null if it has to be asked about. */
    @Nullable
    Identity find(ByteBuffer key) {
        Entry entry = entries.get(key);
        if (entry == null || !fresh(entry) || entry.identity().expired(System.currentTimeMillis())) {
            return null;
        }
        return entry.identity();
    }

    /** Adds a login that is right; drops those that are too old, and the oldest if it is full. */
    void add(ByteBuffer key, Identity identity) {
        if (lifetime == 0) {
            return;
        }
        entries.remove(key);
        entries.put(key, new Entry(identity, clock.getAsLong()));
        while (entries.size() > maxEntries || !fresh(entries.values().iterator().next())) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** Forgets what is known of some users. */
    void forget(Predicate<String> concerned) {
        entries.values().removeIf(entry -> {
            String user = entry.identity().user();
            return user != null && concerned.test(user);
        });
    }

    private boolean fresh(Entry entry) {
        return clock.getAsLong() - entry.since() < lifetime;
    }

    int size() {
        return entries.size();
    }
}
