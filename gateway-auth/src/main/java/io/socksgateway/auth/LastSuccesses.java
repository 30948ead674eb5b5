package io.socksgateway.auth;

import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last success of each user, for the time when the one who could tell does not answer. Holds no password: a success is
 * known by an HMAC of user and password under a random key of this process.
 *
 * <p>Confined to one event loop.
 */
final class LastSuccesses {

    static final int MAX_USERS = 10_000;

    private final KeyedDigest digest = new KeyedDigest(DigestHash.random(KeyedDigest.BLOCK));
    private final long lifetime;
    private final LongSupplier clock;
    /** By the name of the login; the one that was longest ago first. */
    private final Map<String, Success> byUser = new LinkedHashMap<>();

    private record Success(ByteBuffer proof, Identity identity, long since) {}

    /**
     * @param lifetime nanoseconds
     * @param clock nanoseconds, monotonic
     */
    LastSuccesses(long lifetime, LongSupplier clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** What stands for the credentials here, also once the password is wiped. */
    ByteBuffer proofOf(UserPassword credentials) {
        byte[] user = credentials.user().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(digest.of(new byte[] {(byte) user.length}, user, credentials.password()));
    }

    void add(String user, ByteBuffer proof, Identity identity) {
        byUser.remove(user);
        byUser.put(user, new Success(proof, identity, clock.getAsLong()));
        if (byUser.size() > MAX_USERS) {
            byUser.remove(byUser.keySet().iterator().next());
        }
    }

    /** Forgets the success of these credentials, which are right no more. */
    void remove(String user, ByteBuffer proof) {
        Success success = byUser.get(user);
        if (success != null && success.proof.equals(proof)) {
            byUser.remove(user);
        }
    }

    /** Who these credentials were found to be, if that is not too long ago. */
    @Nullable
    Identity find(String user, ByteBuffer proof) {
        Success success = byUser.get(user);
        if (success == null || !success.proof.equals(proof)) {
            return null;
        }
        if (clock.getAsLong() - success.since >= lifetime) {
            byUser.remove(user);
            return null;
        }
        return success.identity;
    }

    /** Forgets the successes of users, by the name that they log in with or are known by. */
    void forget(Predicate<String> concerned) {
        byUser.entrySet()
                .removeIf(entry -> concerned.test(entry.getKey())
                        || concerned.test(
                                String.valueOf(entry.getValue().identity.user())));
    }

    int size() {
        return byUser.size();
    }
}
