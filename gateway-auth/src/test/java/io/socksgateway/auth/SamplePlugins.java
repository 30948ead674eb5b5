package io.socksgateway.auth;

import io.socksgateway.auth.plugin.Claims;
import io.socksgateway.auth.plugin.Login;
import io.socksgateway.auth.plugin.PasswordVerticle;
import io.socksgateway.auth.plugin.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Plug-ins on the class path of the tests, right and wrong. */
public final class SamplePlugins {

    private SamplePlugins() {}

    /** Knows the users that its configuration names, by their name read backwards. */
    public static final class Backwards extends PasswordVerticle {
        @Override
        protected Future<Verdict> authenticate(Login login) {
            if (!config().getJsonArray("users").contains(login.user())) {
                return Future.succeededFuture(Verdict.unknown());
            }
            String expected = new StringBuilder(login.user()).reverse().toString();
            boolean right = new String(login.password(), StandardCharsets.UTF_8).equals(expected);
            String thread = Thread.currentThread().getName();
            return Future.succeededFuture(
                    right ? Verdict.accepted(Claims.NONE.groups(thread)) : Verdict.rejected("not backwards"));
        }
    }

    /** Fails in every way that Java has. */
    public static final class Failing extends PasswordVerticle {
        @Override
        protected Future<Verdict> authenticate(Login login) throws Exception {
            return switch (login.user()) {
                case "throws" -> throw new IOException("no: " + new String(login.password(), StandardCharsets.UTF_8));
                case "fails" -> Future.failedFuture("no");
                case "null" -> Future.succeededFuture(null);
                default -> Promise.<Verdict>promise().future();
            };
        }
    }

    public static final class NeverStarts extends VerticleBase {
        @Override
        public Future<?> start() {
            return Promise.promise().future();
        }
    }

    public static final class FailsToStart extends VerticleBase {
        @Override
        public Future<?> start() {
            return Future.failedFuture("config: url is missing");
        }
    }

    public static final class Deaf extends VerticleBase {}

    /** As a script would do it: nothing but JSON. */
    public static final class Newer extends VerticleBase {
        @Override
        public Future<?> start() {
            String address = config().getJsonObject("gateway").getString("address");
            return vertx.eventBus()
                    .<JsonObject>consumer(address, message -> message.reply(new JsonObject().put("version", 2)))
                    .completion();
        }
    }

    public static final class NoVerticle {}

    public static final class NeedsSomething extends VerticleBase {
        private final String what;

        public NeedsSomething(String what) {
            this.what = what;
        }

        @Override
        public Future<?> start() {
            return Future.failedFuture(what);
        }
    }
}
