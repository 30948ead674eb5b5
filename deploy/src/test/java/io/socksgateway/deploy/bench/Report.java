package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.result.Goal;
import io.socksgateway.deploy.bench.result.Outcome;
import io.socksgateway.deploy.bench.result.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is left of a benchmark: a table, a chart and the bare figures. */
final class Report {

    private final Plan plan;
    private final Results results;
    private final List<Outcome> outcomes;

    Report(Plan plan, List<Goal> goals, Results results) {
        this.plan = plan;
        this.results = results;
        this.outcomes = goals.stream().map(goal -> Outcome.of(goal, results)).toList();
    }

    /** Writes results.md, results.json and results.svg, and returns the first of them. */
    String write() throws IOException {
        Path folder = Files.createDirectories(plan.output());
        Machine machine = Machine.here();
        String text = new MarkdownReport(plan, machine, results, outcomes).text();
        Files.writeString(folder.resolve("results.md"), text, StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("results.json"),
                new JsonReport(plan, machine, results, outcomes).json().encodePrettily(),
                StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("results.svg"), new Chart(plan, results, outcomes).svg(), StandardCharsets.UTF_8);
        return text;
    }
}
