package io.socksgateway.core.bus;

import io.socksgateway.core.bus.ClusterBus.Gathered;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells how much of their quotas subjects use, and forgets it. What all nodes count together is answered by the node that
 * asks; what each counts for itself, by each.
 *
 * <p>Thread-safe.
 */
public final class QuotaUseClient {

    /** The most on a page. */
    public static final int MAX_PAGE = 1_000;

    private static final String FORGIVEN = "forgiven";

    /** Not there in answers of nodes that count a quota of that name. */
    private static final String UNKNOWN = "unknown";

    private static final Comparator<QuotaUse> ORDER =
            Comparator.comparing(QuotaUse::counter).thenComparing(use -> Objects.requireNonNullElse(use.node(), ""));

    private final ClusterBus bus;
    private final long timeout;

    /**
     * @param timeout milliseconds until a node is silent
     */
    public QuotaUseClient(ClusterBus bus, long timeout) {
        this.bus = bus;
        this.timeout = timeout;
    }

    /**
     * A page of what is in use.
     *
     * @param next what to ask for as {@code after} next, or null if this was the last page
     * @param silent names of the nodes that have not answered
     */
    public record Listing(List<QuotaUse> uses, @Nullable String next, List<String> silent) {
        public Listing {
            uses = List.copyOf(uses);
            silent = List.copyOf(silent);
        }
    }

    /**
     * How it went.
     *
     * @param known whether any node that has answered has a quota of that name
     * @param counters how many were there
     * @param silent names of the nodes that have not answered
     */
    public record Forgiven(boolean known, int counters, List<String> silent) {
        public Forgiven {
            silent = List.copyOf(silent);
        }
    }

    /**
     * What is asked.
     *
     * @param quota name of a quota, or null for all
     * @param subject or null for all
     * @param after the last counter of the page before, or empty
     * @param together whether what all nodes count together is meant too
     */
    public record Question(
            @Nullable String quota, @Nullable String subject, String after, int size, boolean together) {}

    /**
     * Lists what is in use. Never fails.
     *
     * @param after {@code next} of the page before, or null
     * @param size 1 to {@link #MAX_PAGE}; a page may be longer, so that it has all nodes of its last subject
     */
    public Future<Listing> list(@Nullable String quota, @Nullable String subject, @Nullable String after, int size) {
        JsonObject question = question(quota, subject)
                .put("after", Objects.requireNonNullElse(after, ""))
                .put("size", size + 1);
        return bus.askAll(BusAddresses.QUOTA_USE, question, timeout, QuotaUseClient::uses)
                .map(pages -> listing(pages, size));
    }

    private static List<QuotaUse> uses(JsonObject answer) {
        return answer.getJsonArray("uses").stream()
                .map(use -> QuotaUse.decode((JsonObject) use))
                .toList();
    }

    private static Listing listing(Gathered<List<QuotaUse>> pages, int size) {
        List<QuotaUse> all = pages.answers().stream()
                .flatMap(List::stream)
                .sorted(ORDER)
                .distinct()
                .toList();
        int end = Math.min(size, all.size());
        while (end > 0
                && end < all.size()
                && all.get(end).counter().equals(all.get(end - 1).counter())) {
            end++;
        }
        String next = end < all.size() ? all.get(end - 1).counter() : null;
        return new Listing(all.subList(0, end), next, pages.silent());
    }

    /** Forgets the traffic of a subject in this period, on all nodes. Never fails. */
    public Future<Forgiven> forgive(String quota, String subject) {
        return bus.askAll(BusAddresses.QUOTA_FORGIVE, question(quota, subject), timeout, QuotaUseClient::forgiven)
                .map(all -> new Forgiven(
                        all.answers().stream().anyMatch(OptionalInt::isPresent),
                        all.answers().stream()
                                .mapToInt(counters -> counters.orElse(0))
                                .sum(),
                        all.silent()));
    }

    private static OptionalInt forgiven(JsonObject answer) {
        return answer.getBoolean(UNKNOWN, false) ? OptionalInt.empty() : OptionalInt.of(answer.getInteger(FORGIVEN));
    }

    private static JsonObject encodeForgiven(OptionalInt counters) {
        JsonObject answer = new JsonObject().put(FORGIVEN, counters.orElse(0));
        return counters.isPresent() ? answer : answer.put(UNKNOWN, true);
    }

    private JsonObject question(@Nullable String quota, @Nullable String subject) {
        JsonObject question = new JsonObject().put("asker", bus.name());
        SessionFilterCodec.put(question, "quota", quota);
        SessionFilterCodec.put(question, "subject", subject);
        return question;
    }

    /**
     * Answers for this node, once the future succeeds.
     *
     * @param list what is in use
     * @param forgive how many counters were forgiven; empty if no quota has that name
     */
    public static Future<?> answer(
            ClusterBus bus,
            Function<Question, Future<List<QuotaUse>>> list,
            Function<Question, Future<OptionalInt>> forgive) {
        return Future.all(
                bus.answer(BusAddresses.QUOTA_USE, json -> list.apply(decode(bus, json))
                                .map(QuotaUseClient::encode))
                        .completion(),
                bus.answer(BusAddresses.QUOTA_FORGIVE, json -> forgive.apply(decode(bus, json))
                                .map(QuotaUseClient::encodeForgiven))
                        .completion());
    }

    private static Question decode(ClusterBus bus, JsonObject json) {
        return new Question(
                json.getString("quota"),
                json.getString("subject"),
                json.getString("after", ""),
                Math.min(json.getInteger("size", 1), MAX_PAGE + 1),
                bus.name().equals(json.getString("asker")));
    }

    private static JsonObject encode(List<QuotaUse> uses) {
        JsonArray array = new JsonArray();
        uses.forEach(use -> array.add(use.encode()));
        return new JsonObject().put("uses", array);
    }
}
