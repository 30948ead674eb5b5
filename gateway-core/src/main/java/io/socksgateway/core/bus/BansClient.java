package io.socksgateway.core.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lists and lifts the bans of those who have guessed passwords, on all nodes.
 *
 * <p>Thread-safe.
 */
public final class BansClient {

    /** The most bans that a node tells: those that last longest. */
    public static final int MAX = 1_000;

    private static final String LIFTED = "lifted";

    private final ClusterBus bus;
    private final long timeout;

    /**
     * @param timeout milliseconds until a node is silent
     */
    public BansClient(ClusterBus bus, long timeout) {
        this.bus = bus;
        this.timeout = timeout;
    }

    /**
     * The bans that any node knows of.
     *
     * @param bans those that last longest first, each once
     * @param silent names of the nodes that have not answered
     */
    public record Listing(List<Ban> bans, List<String> silent) {
        public Listing {
            bans = List.copyOf(bans);
            silent = List.copyOf(silent);
        }
    }

    /**
     * How it went.
     *
     * @param ids of the bans that were lifted, in order
     * @param silent names of the nodes that have not answered, on which bans may still be in force
     */
    public record Lifted(List<String> ids, List<String> silent) {
        public Lifted {
            ids = List.copyOf(ids);
            silent = List.copyOf(silent);
        }
    }

    /** Lists all bans. Never fails. */
    public Future<Listing> list() {
        return bus.askAll(BusAddresses.BANS, new JsonObject(), timeout, BansClient::bans)
                .map(told -> new Listing(merge(told.answers()), told.silent()));
    }

    private static JsonObject encode(List<Ban> bans) {
        JsonArray array = new JsonArray();
        bans.stream().limit(MAX).forEach(ban -> array.add(ban.encode()));
        return new JsonObject().put("bans", array);
    }

    private static List<Ban> bans(JsonObject answer) {
        return answer.getJsonArray("bans").stream()
                .map(each -> Ban.decode((JsonObject) each))
                .toList();
    }

    private static List<Ban> merge(List<List<Ban>> told) {
        Map<String, Ban> longest = new HashMap<>();
        told.forEach(bans -> bans.forEach(ban ->
                longest.merge(ban.id(), ban, (one, other) -> one.millisLeft() > other.millisLeft() ? one : other)));
        return longest.values().stream()
                .sorted(Comparator.comparingLong(Ban::millisLeft).reversed().thenComparing(Ban::id))
                .toList();
    }

    /** Lifts bans, and forgets the failures that have led to them. Never fails. */
    public Future<Lifted> lift(BanFilter which) {
        return bus.askAll(BusAddresses.LIFT, which.encode(), timeout, answer -> answer.getJsonArray(LIFTED))
                .map(lifted -> new Lifted(
                        lifted.answers().stream()
                                .flatMap(JsonArray::stream)
                                .map(String.class::cast)
                                .distinct()
                                .sorted()
                                .toList(),
                        lifted.silent()));
    }

    /**
     * Tells all other nodes how it stands with some who are watched, after a login.
     *
     * @param bans nobody is banned of whose ban no time is left
     */
    public void tell(List<Ban> bans) {
        bus.tellOthers(BusAddresses.FAILED_LOGIN, encode(bans));
    }

    /**
     * Answers for this node.
     *
     * @param list tells its bans
     * @param lift lifts, and tells the ids of what it has lifted
     * @param failed hears of failed logins on other nodes
     * @return what lets another one list and lift in its place; it still hears
     */
    public static Future<Runnable> answer(
            ClusterBus bus, Supplier<List<Ban>> list, Function<BanFilter, List<String>> lift, Consumer<Ban> failed) {
        MessageConsumer<JsonObject> lists =
                bus.answer(BusAddresses.BANS, json -> Future.succeededFuture(encode(list.get())));
        MessageConsumer<JsonObject> lifts = bus.answer(
                BusAddresses.LIFT,
                json -> Future.succeededFuture(
                        new JsonObject().put(LIFTED, new JsonArray(lift.apply(BanFilter.decode(json))))));
        return Future.all(
                        lists.completion(),
                        lifts.completion(),
                        bus.hear(BusAddresses.FAILED_LOGIN, json -> bans(json).forEach(failed))
                                .completion())
                .map(ready -> () -> {
                    Future<Void> unused = lists.unregister();
                    unused = lifts.unregister();
                });
    }
}
