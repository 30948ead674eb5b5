package io.socksgateway.core.bus;

import io.socksgateway.core.quota.LoginSubject;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
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
    private static final String IDS = "ids";
    private static final String TOTAL = "total";

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
     * @param total as many as these, or as the node has that has most
     * @param silent names of the nodes that have not answered
     */
    public record Listing(List<Ban> bans, int total, List<String> silent) {
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

    /** What a node has told, and how many bans it has. */
    private record Told(List<Ban> bans, int total) {}

    /** Lists all bans. Never fails. */
    public Future<Listing> list() {
        return bus.askAll(BusAddresses.BANS, new JsonObject(), timeout, BansClient::told)
                .map(told -> {
                    List<Ban> bans = merge(told.answers());
                    int most =
                            told.answers().stream().mapToInt(Told::total).max().orElse(0);
                    return new Listing(bans, Math.max(bans.size(), most), told.silent());
                });
    }

    /** The bans by which a login of this user from there would fail. Never fails; what a silent node knows is missing. */
    public Future<List<Ban>> of(InetAddress client, String user) {
        List<String> ids = LoginSubject.of(client, user).keys();
        return bus.askAll(BusAddresses.BANS, new JsonObject().put(IDS, new JsonArray(ids)), timeout, BansClient::told)
                .map(told -> merge(told.answers()).stream()
                        .filter(ban -> ids.contains(ban.id()))
                        .toList());
    }

    /** A node that does not know how to choose tells as many as it may. */
    private static List<Ban> chosen(List<Ban> bans, JsonObject question) {
        JsonArray ids = question.getJsonArray(IDS);
        return ids == null
                ? bans
                : bans.stream().filter(ban -> ids.contains(ban.id())).toList();
    }

    private static JsonObject encode(List<Ban> bans) {
        JsonArray array = new JsonArray();
        bans.stream().limit(MAX).forEach(ban -> array.add(ban.encode()));
        return new JsonObject().put("bans", array).put(TOTAL, bans.size());
    }

    private static List<Ban> bans(JsonObject answer) {
        return answer.getJsonArray("bans").stream()
                .map(each -> Ban.decode((JsonObject) each))
                .toList();
    }

    private static Told told(JsonObject answer) {
        List<Ban> bans = bans(answer);
        return new Told(bans, answer.getInteger(TOTAL, bans.size()));
    }

    private static List<Ban> merge(List<Told> told) {
        Map<String, Ban> longest = new HashMap<>();
        told.forEach(each -> each.bans()
                .forEach(ban -> longest.merge(
                        ban.id(), ban, (one, other) -> one.millisLeft() > other.millisLeft() ? one : other)));
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
                bus.answer(BusAddresses.BANS, json -> Future.succeededFuture(encode(chosen(list.get(), json))));
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
