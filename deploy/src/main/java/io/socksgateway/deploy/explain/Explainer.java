package io.socksgateway.deploy.explain;

import io.netty.channel.EventLoop;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.bus.Ban;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.wire.Command;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks what is in force what it would say of a request, in the order in which the gateway itself does: whether the client gets
 * in at a listener; then the rules about the name, and about each address that it resolves to. Nothing is dialled or counted.
 *
 * <p>Thread-safe.
 */
public final class Explainer {

    private final Vertx vertx;
    private final Supplier<RuleSet> rules;
    private final Supplier<GatewayConfig> config;
    private final Supplier<JsonObject> document;
    private final NameLookup names;
    private final UserGroups groups;
    private final Bans bans;

    /** Who is in which groups. */
    @FunctionalInterface
    public interface UserGroups {
        /** The groups of a user, as far as they are known without a login. May block. */
        Set<String> of(String user);
    }

    /** Who may not log in for a while. */
    @FunctionalInterface
    public interface Bans {
        /** Those by which a login of this user from there would fail. Never fails. */
        Future<List<Ban>> of(InetAddress client, String user);
    }

    /**
     * @param config what is in force beside the rules
     * @param document what it was read from
     */
    public Explainer(
            Vertx vertx,
            Supplier<RuleSet> rules,
            Supplier<GatewayConfig> config,
            Supplier<JsonObject> document,
            NameLookup names,
            UserGroups groups,
            Bans bans) {
        this.vertx = vertx;
        this.rules = rules;
        this.config = config;
        this.document = document;
        this.names = names;
        this.groups = groups;
        this.bans = bans;
    }

    /**
     * What would become of it; does not fail because a name does not resolve. A user without groups in the question has those
     * that are known. Whether there is such a user is not asked.
     *
     * @throws IllegalArgumentException if the question is none, with what is wrong
     */
    public Future<Explanation> explain(QuestionText text) {
        Question asked = text.parse(
                config.get().listeners().stream().map(ListenerConfig::name).toList());
        return withGroups(asked).compose(question -> answer(question)
                .compose(found -> entrance(question).map(found::behind)));
    }

    private Future<Question> withGroups(Question asked) {
        String user = asked.user();
        return user == null || !asked.groups().isEmpty()
                ? Future.succeededFuture(asked)
                : vertx.executeBlocking(() -> groups.of(user), false).map(asked::with);
    }

    private Future<Entrance> entrance(Question question) {
        Entrance entrance = new Entrances(config.get().listeners()).of(question);
        String user = question.user();
        if (user == null || !entrance.isOpen()) {
            return Future.succeededFuture(entrance);
        }
        return bans.of(question.client(), user)
                .map(inForce -> inForce.isEmpty() ? entrance : Entrance.closed(inForce.get(0)));
    }

    private Future<Explanation> answer(Question question) {
        Subject subject = question.subject();
        Endpoint to = question.destination();
        boolean unspecified = question.command() != Command.CONNECT
                && to.host() instanceof Host.Address address
                && address.value().isAnyLocalAddress();
        Verdict first = unspecified && question.command() == Command.UDP
                ? rules.get().decideAnywhere(subject)
                : rules.get().decide(subject, to);
        if (first.refused() || unspecified) {
            return Future.succeededFuture(explanation(question, first, List.of(), null));
        }
        if (to.host() instanceof Host.Address address) {
            return Future.succeededFuture(judge(question, null, List.of(address.value())));
        }
        String name = to.host().toString();
        return resolve(name, to.port())
                .map(addresses -> judge(question, name, addresses))
                .otherwise(failure -> explanation(question, first, List.of(), String.valueOf(failure.getMessage())));
    }

    private Future<List<InetAddress>> resolve(String name, int port) {
        Promise<List<InetAddress>> promise = Promise.promise();
        ContextInternal context = ((VertxInternal) vertx).getOrCreateContext();
        EventLoop loop = context.nettyEventLoop();
        loop.execute(() -> names.resolveAll(loop, name, port)
                .addListener((io.netty.util.concurrent.Future<List<InetSocketAddress>> done) -> {
                    if (done.isSuccess()) {
                        promise.complete(done.getNow().stream()
                                .map(InetSocketAddress::getAddress)
                                .toList());
                    } else {
                        promise.fail(done.cause());
                    }
                }));
        return promise.future();
    }

    private Explanation judge(Question question, @Nullable String name, List<InetAddress> addresses) {
        List<Explanation.Judged> judged = new ArrayList<>();
        for (InetAddress address : addresses) {
            Verdict verdict = rules.get()
                    .decide(
                            question.subject(),
                            name,
                            address,
                            question.destination().port());
            judged.add(new Explanation.Judged(address, verdict));
        }
        Verdict decisive = judged.stream()
                .map(Explanation.Judged::verdict)
                .filter(Verdict::allowed)
                .findFirst()
                .orElseGet(() -> judged.get(0).verdict());
        return explanation(question, decisive, judged, null);
    }

    /** The list of the document and that of the rules have the same order. */
    private static JsonObject limits(JsonArray given, int index) {
        JsonObject limits = index < given.size() ? given.getJsonObject(index).copy() : new JsonObject();
        List.of("name", "key", "scope").forEach(limits::remove);
        return limits;
    }

    private Explanation explanation(
            Question question, Verdict verdict, List<Explanation.Judged> judged, @Nullable String unresolved) {
        JsonArray given = document.get().getJsonArray("quotas", new JsonArray());
        List<QuotaRule> rulesOfQuotas = config.get().quotas();
        List<Explanation.Counted> counted = new ArrayList<>();
        for (int i = 0; i < rulesOfQuotas.size(); i++) {
            QuotaRule quota = rulesOfQuotas.get(i);
            List<String> subjects = quota.countersOf(question.quotaSubject()).stream()
                    .map(counter -> counter.split("/", 3)[2])
                    .toList();
            if (!subjects.isEmpty()) {
                counted.add(new Explanation.Counted(quota, limits(given, i), subjects));
            }
        }
        return new Explanation(question, Entrance.OPEN, verdict, judged, unresolved, counted);
    }
}
