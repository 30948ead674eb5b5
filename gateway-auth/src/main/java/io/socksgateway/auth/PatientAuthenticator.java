package io.socksgateway.auth;

import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Asks somebody outside about logins: only so many questions at a time, each with a deadline, equal ones at
 * the same time only once, and none about a login that was right a short while ago.
 *
 * <p>Whom no directory can know (a name with control characters) it is not asked about, and an empty password is never right.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class PatientAuthenticator implements Authenticator {

    private static final Answer NO_PASSWORD = new Answer.Rejected("empty password");

    private final Vertx vertx;
    private final RemoteSource asked;
    private final long timeout;
    private final Turnstile turnstile;
    private final LoginCache cache;
    private final Aliases aliases = new Aliases();
    private final Map<ByteBuffer, Future<Answer>> running = new HashMap<>();

    /**
     * @param concurrency questions at a time
     * @param timeout milliseconds for an answer, waiting included
     * @param clock nanoseconds, monotonic
     */
    PatientAuthenticator(
            Vertx vertx,
            RemoteSource asked,
            int concurrency,
            long timeout,
            AuthCacheConfig remember,
            LongSupplier clock) {
        this.vertx = vertx;
        this.asked = asked;
        this.timeout = timeout;
        this.turnstile = new Turnstile(asked.name(), concurrency, timeout * 1_000_000, clock);
        this.cache = new LoginCache(remember.ttl() * 1_000_000, remember.maxEntries(), clock);
    }

    @Override
    public String name() {
        return asked.name();
    }

    @Override
    public Future<Answer> authenticate(AuthRequest request) {
        UserPassword credentials = request.credentials();
        if (isNobody(credentials.user())) {
            return Future.succeededFuture(new Answer.Unknown(null));
        }
        if (credentials.password().length == 0) {
            return Future.succeededFuture(NO_PASSWORD);
        }
        ByteBuffer key = cache.key(request);
        Identity known = cache.find(key);
        if (known != null) {
            return Future.succeededFuture(new Answer.Accepted(known));
        }
        Future<Answer> same = running.get(key);
        return same == null ? start(key, request) : same;
    }

    private static boolean isNobody(String user) {
        return user.isEmpty() || user.chars().anyMatch(Character::isISOControl);
    }

    /** Remembered like a login without a password, which there is none. */
    @Override
    public Future<Answer> look(String user) {
        if (isNobody(user)) {
            return Future.succeededFuture(new Answer.Unknown(null));
        }
        UserPassword nothing = new UserPassword(user, new byte[0]);
        ByteBuffer key = cache.key(new AuthRequest("", "", InetAddress.getLoopbackAddress(), nothing));
        Identity known = cache.find(key);
        if (known != null) {
            return Future.succeededFuture(new Answer.Accepted(known));
        }
        return turnstile
                .pass(() -> asked.look(user))
                .timeout(timeout, TimeUnit.MILLISECONDS)
                .onSuccess(answer -> {
                    if (answer instanceof Answer.Accepted accepted) {
                        cache.add(key, accepted.identity());
                    }
                });
    }

    private Future<Answer> start(ByteBuffer key, AuthRequest request) {
        // Its own copy of the password, as an asker that has given up wipes the other.
        UserPassword credentials = new UserPassword(
                request.credentials().user(), request.credentials().password().clone());
        AuthRequest copy = new AuthRequest(request.session(), request.listener(), request.client(), credentials);
        Promise<Answer> answer = Promise.promise();
        running.put(key, answer.future());
        long timer = vertx.setTimer(timeout, late -> {
            running.remove(key);
            answer.tryFail(new AuthException("no answer in " + timeout + " ms"));
        });
        turnstile.pass(() -> asked.authenticate(copy)).onComplete(result -> {
            credentials.wipe();
            if (!vertx.cancelTimer(timer)) {
                return;
            }
            running.remove(key);
            if (result.succeeded() && result.result() instanceof Answer.Accepted accepted) {
                cache.add(key, accepted.identity());
                aliases.saw(credentials.user(), accepted.identity().user());
            }
            answer.handle(result);
        });
        return answer.future();
    }

    @Override
    public Future<Standing> standing(Identity known) {
        String login = known.user() == null ? null : aliases.loginOf(known.user());
        return login == null ? Future.succeededFuture(Standing.UNTOLD) : asked.standing(login, known);
    }

    @Override
    public void forget(Predicate<String> concerned) {
        cache.forget(concerned);
    }
}
