package io.socksgateway.auth;

import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks passwords on worker threads, of which there are few: at most {@link #MAX_WAITING} checks wait for one, and who has
 * waited for as long as its asker has patience is not checked any more. Equal checks at the same time are one, and one that
 * went well is remembered for a while.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class PasswordChecker {

    static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(PasswordChecker.class);

    private final WorkerExecutor workers;
    private final HashingSettings settings;
    private final SuccessCache successes;
    private final Map<ByteBuffer, Check> running = new HashMap<>();
    private boolean overloaded;

    PasswordChecker(WorkerExecutor workers, HashingSettings settings) {
        this.workers = workers;
        this.settings = settings;
        this.successes = new SuccessCache(settings.remember(), settings.clock());
    }

    /**
     * Tells whether the password fits the hash. Fails if too many are waiting, or if this one has waited for too long.
     *
     * @param credentials the password is copied, and may be wiped when this returns
     */
    Future<Boolean> check(UserPassword credentials, PasswordHash hash) {
        // Before anything else: an asker that has given up may be wiping it on another thread.
        byte[] password = credentials.password().clone();
        ByteBuffer key = successes.key(credentials.user(), hash, password);
        Future<Boolean> known = known(key);
        if (known != null) {
            Arrays.fill(password, (byte) 0);
            return known;
        }
        return start(key, credentials.user(), hash, password);
    }

    /** Forgets which checks went well. */
    void forget(Predicate<String> users) {
        successes.forget(users);
    }

    /** The answer for a check that need not be started, or null. */
    private @Nullable Future<Boolean> known(ByteBuffer key) {
        if (successes.contains(key)) {
            return Future.succeededFuture(true);
        }
        Check same = running.get(key);
        if (same != null) {
            same.asked = settings.clock().getAsLong();
            return same.answer;
        }
        return running.size() < settings.workers() + MAX_WAITING ? null : Future.failedFuture(tooMany());
    }

    private Future<Boolean> start(ByteBuffer key, String user, PasswordHash hash, byte[] password) {
        Check check = new Check(settings.clock().getAsLong());
        running.put(key, check);
        check.answer = workers.executeBlocking(() -> check.run(hash, password), false)
                .onComplete(result -> {
                    running.remove(key);
                    Arrays.fill(password, (byte) 0);
                    overloaded &= running.size() > MAX_WAITING / 2;
                    if (result.succeeded() && result.result()) {
                        successes.add(key, user);
                    }
                });
        return check.answer;
    }

    /** Logged when it begins, and not again until half of the queue is gone. */
    private OverloadException tooMany() {
        OverloadException overload = new OverloadException("too many logins at once");
        if (!overloaded) {
            LOG.warn("{}: {} passwords wait to be checked", overload.getMessage(), running.size());
            overloaded = true;
        }
        return overload;
    }

    /** A check that waits or runs. */
    private final class Check {

        /** When somebody last asked for it; read by a worker. */
        private volatile long asked;

        private Future<Boolean> answer = Future.failedFuture("not started");

        private Check(long asked) {
            this.asked = asked;
        }

        private boolean run(PasswordHash hash, byte[] password) {
            if (settings.clock().getAsLong() - asked >= settings.patience()) {
                throw new OverloadException("the login waited for too long to be checked");
            }
            return settings.verifier().test(hash, password);
        }
    }
}
