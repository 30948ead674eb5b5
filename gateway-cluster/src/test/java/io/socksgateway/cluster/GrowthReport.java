package io.socksgateway.cluster;

import io.socksgateway.cluster.SimulatedNetwork.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The outcomes of simulations as text. */
final class GrowthReport {

    /** One figure; those without a unit have none. */
    private record Column(String name, String key, Function<GrowthOutcome, String> figure) {}

    private static final List<Column> LOAD = List.of(
            new Column("nodes", "nodes", outcome -> whole(outcome.plan.nodes())),
            new Column("subjects", "subjects", outcome -> whole(outcome.plan.subjects())),
            new Column("open sessions", "open", outcome -> whole((double) outcome.open)),
            new Column("asked for/s", "asked_per_s", outcome -> whole(outcome.asked)),
            new Column("operations each", "operations_per_session", outcome -> fine(outcome.operationsPerSession)),
            new Column("messages/s: sessions", "messages_sessions", outcome -> of(outcome, Topic.SESSIONS)),
            new Column("leases", "messages_leases", outcome -> of(outcome, Topic.LEASES)),
            new Column("traffic", "messages_traffic", outcome -> of(outcome, Topic.TRAFFIC)),
            new Column("bandwidth", "messages_bandwidth", outcome -> of(outcome, Topic.BANDWIDTH)),
            new Column("heartbeats", "messages_heartbeats", outcome -> whole(outcome.heartbeats())),
            new Column("busiest node", "messages_busiest_node", outcome -> whole(outcome.busiestMessages)),
            new Column("busiest owner, requests/s", "requests_busiest_owner", outcome -> whole(outcome.busiestOwner)),
            new Column("mean", "requests_mean_owner", outcome -> whole(outcome.meanOwner)));

    private static final List<Column> LIMITS = List.of(
            new Column("nodes", "nodes", outcome -> whole(outcome.plan.nodes())),
            new Column("sessions over", "sessions_over", outcome -> whole((double) outcome.sessionsOver)),
            new Column(
                    "while split or frozen",
                    "sessions_over_disturbed",
                    outcome -> whole((double) outcome.sessionsOverDisturbed)),
            new Column("at most", "sessions_most_over", outcome -> whole(outcome.mostOver)),
            new Column("octets over", "octets_over", outcome -> whole((double) outcome.octetsOver)),
            new Column("record stale", "octets_over_stale", outcome -> whole((double) outcome.octetsOverStale)),
            new Column("record lost", "octets_over_forgotten", outcome -> whole((double) outcome.octetsOverForgotten)),
            new Column("traffic used up", "traffic_used_up", outcome -> whole(outcome.usedUp)),
            new Column("bandwidth of limit, at most", "bandwidth_most", outcome -> thousandths(outcome.fastest)),
            new Column("shared one", "bandwidth_shared", outcome -> thousandths(outcome.shared)),
            new Column("Jain, nodes", "jain_nodes", outcome -> exact(outcome.fairnessOfNodes)),
            new Column("Jain, subjects", "jain_subjects", outcome -> exact(outcome.fairnessOfSubjects)),
            new Column("right again after death, s", "recovery_death_s", outcome -> tenths(outcome.recoveryFromDeath)),
            new Column("freeze", "recovery_freeze_s", outcome -> tenths(outcome.recoveryFromFreeze)),
            new Column("split", "recovery_split_s", outcome -> tenths(outcome.recoveryFromSplit)),
            new Column("wrong at the end", "wrong_at_end", outcome -> whole(outcome.wrongAtEnd)));

    private GrowthReport() {}

    static String markdown(List<GrowthOutcome> outcomes) {
        return table(LOAD, outcomes) + "\n" + table(LIMITS, outcomes);
    }

    static String csv(List<GrowthOutcome> outcomes) {
        List<Column> all = new ArrayList<>(LOAD);
        all.addAll(LIMITS.subList(1, LIMITS.size()));
        StringBuilder csv = new StringBuilder(line(all, Column::key, ",")).append('\n');
        outcomes.forEach(outcome -> csv.append(line(all, column -> column.figure.apply(outcome), ","))
                .append('\n'));
        return csv.toString();
    }

    private static String table(List<Column> columns, List<GrowthOutcome> outcomes) {
        StringBuilder table = new StringBuilder(row(columns, Column::name)).append(row(columns, column -> "--:"));
        outcomes.forEach(outcome -> table.append(row(columns, column -> column.figure.apply(outcome))));
        return table.toString();
    }

    private static String row(List<Column> columns, Function<Column, String> cell) {
        return "| " + line(columns, cell, " | ") + " |\n";
    }

    private static String line(List<Column> columns, Function<Column, String> cell, String between) {
        return columns.stream().map(cell).collect(Collectors.joining(between));
    }

    private static String of(GrowthOutcome outcome, Topic topic) {
        return whole(outcome.messages(topic));
    }

    private static String whole(double figure) {
        return format("%.0f", figure);
    }

    private static String tenths(double figure) {
        return format("%.1f", figure);
    }

    private static String fine(double figure) {
        return format("%.2f", figure);
    }

    private static String thousandths(double figure) {
        return format("%.3f", figure);
    }

    private static String exact(double figure) {
        return format("%.4f", figure);
    }

    private static String format(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
