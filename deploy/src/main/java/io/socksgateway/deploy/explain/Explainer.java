package io.socksgateway.deploy.explain;

import io.netty.channel.EventLoop;
import io.socksgateway.core.address.Host;
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
 * Asks the rules that are in force what they would say of a request, in the order in which the gateway itself does: about the
 * name, then about each address that it resolves to. Nothing is dialled or counted.
 *
 * <p>Thread-safe.
 */
public final class Explainer {

    private final Vertx vertx;
    private final Supplier<RuleSet> rules;
    private final Supplier<List<QuotaRule>> quotas;
    private final Supplier<JsonObject> configuration;
    private final NameLookup names;
    private final UserGroups groups;

    /** Who is in which groups. */
    @FunctionalInterface
    public interface UserGroups {
        /** The groups of a user, as far as they are known without a login. May block. */
        Set<String> of(String user);
    }

    /**
     * @param quotas all of the configuration
     * @param configuration the document that they were read from
     */
    public Explainer(
            Vertx vertx,
            Supplier<RuleSet> rules,
            Supplier<List<QuotaRule>> quotas,
            Supplier<JsonObject> configuration,
            NameLookup names,
            UserGroups groups) {
        this.vertx = vertx;
        this.rules = rules;
        this.quotas = quotas;
        this.configuration = configuration;
        this.names = names;
        this.groups = groups;
    }

    /**
     * What would become of it; does not fail because a name does not resolve. A user without groups in the question has those
     * that are known.
     */
    public Future<Explanation> explain(Question asked) {
        String user = asked.user();
        return user == null || !asked.groups().isEmpty()
                ? answer(asked)
                : vertx.executeBlocking(() -> groups.of(user), false).compose(known -> answer(asked.with(known)));
    }

    private Future<Explanation> answer(Question question) {
        Subject subject = question.subject();
        Verdict first = question.command() == Command.UDP
                ? rules.get().decideAnywhere(subject)
                : rules.get().decide(subject, question.destination());
        if (first.refused()) {
            return Future.succeededFuture(explanation(question, first, List.of(), null));
        }
        int port = question.destination().port();
        if (question.destination().host() instanceof Host.Address address) {
            if (question.command() == Command.BIND && address.value().isAnyLocalAddress()) {
                return Future.succeededFuture(explanation(question, first, List.of(), null));
            }
            return Future.succeededFuture(judge(question, null, List.of(address.value())));
        }
        String name = question.destination().host().toString();
        return resolve(name, port)
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
        JsonArray given = configuration.get().getJsonArray("quotas", new JsonArray());
        List<QuotaRule> rulesOfQuotas = quotas.get();
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
        return new Explanation(question, verdict, judged, unresolved, counted);
    }
}
