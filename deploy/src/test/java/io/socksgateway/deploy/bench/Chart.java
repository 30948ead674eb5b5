package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.Scenario.Column;
import io.socksgateway.deploy.bench.result.Median;
import io.socksgateway.deploy.bench.result.Outcome;
import io.socksgateway.deploy.bench.result.Results;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The most telling figure of every scenario as bars, shorter is better; lines show where the gateway must, and aims to, be. */
final class Chart {

    private static final int COLUMNS = 3;
    private static final int WIDTH = 400;
    private static final int ROW = 18;
    private static final int HEAD = 44;
    private static final int NAMES = 110;
    private static final int NUMBERS = 60;
    private static final int FOOT = 24;
    private static final double MOST_OF_MEDIAN = 2.5;
    private static final String MUST = "#e53935";
    private static final String AIM = "#43a047";
    private static final int BARS = WIDTH - NAMES - NUMBERS;

    private final List<Scenario> scenarios;
    private final Results results;
    private final List<Outcome> outcomes;
    private final int height;

    Chart(Plan plan, Results results, List<Outcome> outcomes) {
        this.scenarios = plan.scenarios().stream()
                .filter(scenario -> !results.servers(scenario.id()).isEmpty())
                .toList();
        this.results = results;
        this.outcomes = outcomes;
        int rows = scenarios.stream()
                .mapToInt(scenario -> results.servers(scenario.id()).size())
                .max()
                .orElse(0);
        this.height = HEAD + rows * ROW + ROW;
    }

    String svg() {
        int lines = (scenarios.size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                COLUMNS * WIDTH, lines * height + FOOT));
        for (int i = 0; i < scenarios.size(); i++) {
            panel(svg, scenarios.get(i), i % COLUMNS * WIDTH, i / COLUMNS * height);
        }
        svg.append(format(
                "<text x=\"8\" y=\"%d\">The gateway is to stay left of <tspan fill=\"%s\">red</tspan>, and aims for"
                        + " <tspan fill=\"%s\">green</tspan>.</text>%n",
                lines * height + FOOT / 2, MUST, AIM));
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, Scenario scenario, int left, int top) {
        List<Column> columns = scenario.columns();
        Column shown = columns.get(columns.size() - 1);
        svg.append(format("<g transform=\"translate(%d %d)\">%n", left, top));
        svg.append(format("<text x=\"8\" y=\"20\" font-weight=\"bold\">%s</text>%n", scenario.title()));
        svg.append(format("<text x=\"8\" y=\"36\" fill=\"#666\">%s</text>%n", shown.heading()));
        List<String> servers = results.servers(scenario.id()).stream()
                .filter(server -> value(server, scenario, shown).isPresent())
                .toList();
        double most = scale(servers.stream()
                .map(server -> value(server, scenario, shown).getAsDouble())
                .toList());
        for (int i = 0; i < servers.size(); i++) {
            double value = value(servers.get(i), scenario, shown).getAsDouble();
            bar(svg, servers.get(i), value, HEAD + i * ROW, Math.min(1, value / most) * BARS, value > most);
        }
        limits(svg, scenario, shown, most, HEAD + servers.size() * ROW);
        svg.append("</g>\n");
    }

    /** What the longest bar stands for: one that is much longer than the others would make them all alike. */
    private static double scale(List<Double> values) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return Math.min(most, MOST_OF_MEDIAN * Median.of(values).orElse(1));
    }

    private OptionalDouble value(String server, Scenario scenario, Column shown) {
        return results.median(server, scenario.id(), shown.figure());
    }

    private static void bar(StringBuilder svg, String server, double value, int top, double length, boolean cut) {
        boolean ours = server.startsWith("gateway");
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>"
                        + "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                NAMES - 6,
                top + 13,
                server,
                NAMES,
                top + 3,
                length,
                ROW - 5,
                ours ? "#1565c0" : "#b0bec5",
                NAMES + length + 4,
                top + 13,
                (cut ? "… " : "") + Shown.number(value)));
    }

    /** Those of goals for the very figure that is shown. */
    private void limits(StringBuilder svg, Scenario scenario, Column shown, double most, int bottom) {
        for (Outcome outcome : outcomes) {
            if (outcome.goal().scenario().equals(scenario.id())
                    && outcome.goal().figure() == shown.figure()
                    && outcome.goal().server().equals("gateway")) {
                double base = outcome.baseValue().orElse(outcome.base().isEmpty() ? 1 : 0);
                line(svg, base * outcome.goal().must() / most, bottom, MUST);
                line(svg, base * outcome.goal().aim() / most, bottom, AIM);
            }
        }
    }

    private static void line(StringBuilder svg, double place, int bottom, String colour) {
        if (place > 0 && place <= 1) {
            double x = NAMES + place * BARS;
            svg.append(format(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-dasharray=\"3 2\"/>%n",
                    x, HEAD, x, bottom, colour));
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
