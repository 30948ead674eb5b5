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
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Asks somebody outside about logins: only so many questions at a time, each with a deadline, equal ones at the same time only once,
 * and none about a login that was right a short while ago. What is then to be done here, as checking a hash, has limits of its own.
 *
 * <p>Whom no directory can know (a name with control characters) it is not asked about, and an empty password is never right.
 *
 * <p>Confined to the event loop of its verticle.
 *
 * @param <T> what the source says
 */
final class PatientAuthenticator<T> implements Authenticator {

    private static final Answer NO_PASSWORD = new Answer.Rejected("empty password");

    private final Vertx vertx;
    private final RemoteSource<T> asked;
    private final long timeout;
    private final Turnstile turnstile;
    private final LoginCache cache;
    private final Forgetting forgetting = new Forgetting();
    private final Map<ByteBuffer, Future<Answer>> running = new HashMap<>();

    /**
     * @param concurrency questions at a time
     * @param timeout milliseconds for an answer, waiting included
     * @param clock nanoseconds, monotonic
     */
    PatientAuthenticator(
            Vertx vertx,
            RemoteSource<T> asked,
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
        long before = forgetting.mark();
        return inTime(turnstile.pass(() -> asked.look(user))).onSuccess(answer -> {
            if (answer instanceof Answer.Accepted accepted && !forgetting.since(before)) {
                cache.add(key, accepted.identity());
            }
        });
    }

    private Future<Answer> start(ByteBuffer key, AuthRequest request) {
        // Its own copy of the password, as an asker that has given up wipes the other.
        UserPassword credentials = new UserPassword(
                request.credentials().user(), request.credentials().password().clone());
        AuthRequest copy = new AuthRequest(request.session(), request.listener(), request.client(), credentials);
        long before = forgetting.mark();
        Future<T> said = turnstile.pass(() -> asked.ask(copy));
        Future<Answer> answer = inTime(said)
                .compose(in -> asked.judge(in, copy))
                .onSuccess(judged -> {
                    if (judged instanceof Answer.Accepted accepted && !forgetting.since(before)) {
                        cache.add(key, accepted.identity());
                    }
                });
        running.put(key, answer);
        // Who is too late may still be reading it.
        Future<?> unused = Future.join(said, answer).onComplete(done -> credentials.wipe());
        return answer.onComplete(done -> running.remove(key, answer));
    }

    /** Fails when the time is over; the place is free only when the source has really ended. */
    private <R> Future<R> inTime(Future<R> said) {
        Promise<R> promise = Promise.promise();
        long timer =
                vertx.setTimer(timeout, late -> promise.tryFail(new AuthException("no answer in " + timeout + " ms")));
        said.onComplete(result -> {
            boolean unused = vertx.cancelTimer(timer);
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        });
        return promise.future();
    }

    @Override
    public Future<Standing> standing(Identity known) {
        String login = known.login();
        return login == null ? Future.succeededFuture(Standing.UNTOLD) : asked.standing(login, known);
    }

    @Override
    public void forget(Predicate<String> concerned) {
        forgetting.happens();
        running.clear();
        cache.forget(concerned);
    }
}
