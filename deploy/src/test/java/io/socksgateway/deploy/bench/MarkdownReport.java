package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.Scenario.Column;
import io.socksgateway.deploy.bench.result.Figure;
import io.socksgateway.deploy.bench.result.Goal;
import io.socksgateway.deploy.bench.result.Measurement;
import io.socksgateway.deploy.bench.result.Outcome;
import io.socksgateway.deploy.bench.result.Results;
import io.socksgateway.deploy.bench.server.ServerKind;
import java.util.List;
import java.util.stream.Collectors;

/** The results as text with tables: the goals first, then every scenario with all servers. */
final class MarkdownReport {

    private final Plan plan;
    private final Machine machine;
    private final Results results;
    private final List<Outcome> outcomes;

    MarkdownReport(Plan plan, Machine machine, Results results, List<Outcome> outcomes) {
        this.plan = plan;
        this.machine = machine;
        this.results = results;
        this.outcomes = outcomes;
    }

    String text() {
        StringBuilder text = new StringBuilder("%s%n%n".formatted(machine));
        text.append("Medians of %d interleaved runs of %s s. Other processes used %s.%n%n"
                .formatted(plan.repetitions(), Shown.number(plan.seconds()), results.noise()));
        if (results.spread(Figure.CPU).isPresent()) {
            text.append(("Between the runs of one server CPU per unit spread (largest - smallest) by %.0f %%"
                            + " in the median case, rates by %.0f %%.%n%n")
                    .formatted(
                            100 * results.spread(Figure.CPU).getAsDouble(),
                            100 * results.spread(Figure.RATE).getAsDouble()));
        }
        goals(text);
        for (Scenario scenario : plan.scenarios()) {
            table(text, scenario);
        }
        faults(text);
        servers(text);
        return text.toString();
    }

    private void goals(StringBuilder text) {
        text.append("| scenario | figure | gateway | base | its figure | ratio | must | aim | verdict |\n");
        text.append("|---|---|--:|---|--:|--:|--:|--:|---|\n");
        for (Outcome outcome : outcomes) {
            Goal goal = outcome.goal();
            String sign = goal.higherIsBetter() ? "≥ " : "≤ ";
            text.append("| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            goal.scenario(),
                            goal.text(),
                            Shown.number(outcome.value()),
                            outcome.base().isEmpty() ? "-" : outcome.base(),
                            Shown.number(outcome.baseValue()),
                            Shown.number(outcome.ratio()),
                            sign + Shown.limit(goal.must()),
                            sign + Shown.limit(goal.aim()),
                            outcome.verdict()));
        }
        long faults = results.all().stream()
                .filter(one -> one.server().startsWith("gateway"))
                .mapToLong(Measurement::faultCount)
                .sum();
        text.append("| all | errors, lost or corrupted | %d | - | - | - | 0 | 0 | %s |%n%n"
                .formatted(faults, faults == 0 ? "aim reached" : "**missed**"));
    }

    private void table(StringBuilder text, Scenario scenario) {
        List<String> servers = results.servers(scenario.id());
        if (servers.isEmpty()) {
            return;
        }
        List<Column> columns = scenario.columns();
        text.append("### %s (`%s`)%n%n".formatted(scenario.title(), scenario.id()));
        text.append("| server |%s|%n"
                .formatted(columns.stream().map(Column::heading).collect(Collectors.joining(" | ", " ", " "))));
        text.append("|---|").append("--:|".repeat(columns.size())).append('\n');
        for (String server : servers) {
            text.append("| %s |".formatted(server));
            for (Column column : columns) {
                text.append(" %s |".formatted(Shown.number(results.median(server, scenario.id(), column.figure()))));
            }
            text.append('\n');
        }
        text.append('\n');
    }

    private void faults(StringBuilder text) {
        if (results.faults().isEmpty()) {
            text.append("Errors, lost or corrupted octets: none.\n\n");
            return;
        }
        text.append("Errors, lost or corrupted octets:\n\n");
        results.faults().forEach((where, what) -> text.append("- %s: %s%n".formatted(where, what)));
        text.append('\n');
    }

    private void servers(StringBuilder text) {
        for (ServerKind kind : plan.servers()) {
            String version = Machine.firstLine(kind.versionCommand());
            text.append("- `%s`: %s%s%n"
                    .formatted(kind.name(), kind.description(), version.isEmpty() ? "" : " (" + version + ")"));
        }
    }
}
