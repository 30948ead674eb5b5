package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.soak.Sample.Gauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what came of a soak: a text, and the samples as a table for whoever wants to draw them. */
final class SoakReport {

    /** One in so many may go otherwise than is due, for other programs may hold up the clients. */
    private static final long TOLERATED = 1_000;

    private static final int CLASSES = 12;

    private final Soak.Result result;

    SoakReport(Soak.Result result) {
        this.result = result;
    }

    private List<Trend> trends() {
        return result.samples().size() < 3
                ? List.of()
                : List.of(Gauge.values()).stream()
                        .map(gauge -> Trend.of(gauge, result.samples()))
                        .toList();
    }

    /** Why it has failed, in words; empty if it has not. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        trends().stream()
                .filter(Trend::hasGrown)
                .forEach(trend -> failures.add(trend.gauge().title() + " has grown"));
        result.left().forEach(left -> failures.add("left over: " + left));
        result.trouble().forEach(line -> failures.add("in the log: " + line));
        if (sum(result.surprises()) * TOLERATED > sum(result.done())) {
            failures.add(sum(result.surprises()) + " of " + sum(result.done()) + " things went otherwise than is due");
        }
        if (result.samples().size() < 3) {
            failures.add("the run was too short to tell");
        }
        return failures;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                "| gauge | first third | last third | by the slope | allowed | verdict |\n|---|--:|--:|--:|--:|---|\n");
        for (Trend trend : trends()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %+.1f | %s | %s |%n",
                    trend.gauge().title(),
                    trend.first(),
                    trend.last(),
                    trend.sloped(),
                    trend.gauge().isWatched() ? String.format(Locale.ROOT, "%+.1f", trend.allowed()) : "-",
                    verdict(trend)));
        }
        text.append("\nDone: ").append(result.done()).append('\n');
        text.append("Otherwise than is due: ").append(result.surprises()).append('\n');
        text.append("Left over: ").append(result.left()).append('\n');
        text.append("Most new objects, before and after: ")
                .append(result.classes().stream().limit(CLASSES).toList())
                .append('\n');
        List<String> failures = failures();
        text.append(failures.isEmpty() ? "Nothing has grown.\n" : "FAILED: " + failures + "\n");
        return text.toString();
    }

    private static String verdict(Trend trend) {
        if (!trend.gauge().isWatched()) {
            return "-";
        }
        return trend.hasGrown() ? "**grown**" : "steady";
    }

    /** Writes all samples as comma-separated values. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("seconds,"
                + String.join(
                        ",",
                        List.of(Gauge.values()).stream()
                                .map(Gauge::title)
                                .map(SoakReport::quoted)
                                .toList()));
        for (Sample sample : result.samples()) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%.1f", sample.seconds()));
            for (Gauge gauge : Gauge.values()) {
                line.append(String.format(Locale.ROOT, ",%.3f", sample.value(gauge)));
            }
            lines.add(line.toString());
        }
        Path unused = Files.write(file, lines);
    }

    private static String quoted(String title) {
        return '"' + title + '"';
    }
}
