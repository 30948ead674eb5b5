package io.socksgateway.cluster;

import io.socksgateway.cluster.SimulatedNetwork.Topic;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The outcomes of simulations over the number of nodes, four charts in one picture. */
final class GrowthChart {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 380;

    private final List<GrowthOutcome> outcomes;

    GrowthChart(List<GrowthOutcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /** Needs fonts, but no display. */
    void write(Path png) throws IOException {
        BufferedImage picture = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        List<XYChart> charts = List.of(messages(), owners(), fairness(), recovery());
        for (int i = 0; i < charts.size(); i++) {
            Graphics2D place = (Graphics2D) graphics.create(i % 2 * WIDTH, i / 2 * HEIGHT, WIDTH, HEIGHT);
            charts.get(i).paint(place, WIDTH, HEIGHT);
            place.dispose();
        }
        graphics.dispose();
        if (!ImageIO.write(picture, "png", png.toFile())) {
            throw new IOException("this Java writes no PNG");
        }
    }

    private XYChart messages() {
        XYChart chart = chart("Messages between nodes", "a second", true);
        line(chart, "sessions", outcome -> outcome.messages(Topic.SESSIONS));
        line(chart, "leases", outcome -> outcome.messages(Topic.LEASES));
        line(chart, "octets", outcome -> outcome.messages(Topic.TRAFFIC) + outcome.messages(Topic.BANDWIDTH));
        line(chart, "heartbeats", GrowthOutcome::heartbeats);
        line(chart, "busiest node", outcome -> outcome.busiestMessages);
        return chart;
    }

    private XYChart owners() {
        XYChart chart = chart("Requests that owners of counters work on", "a second and node", true);
        line(chart, "busiest", outcome -> outcome.busiestOwner);
        line(chart, "mean", outcome -> outcome.meanOwner);
        return chart;
    }

    private XYChart fairness() {
        XYChart chart = chart("Division of a bandwidth (Jain's index)", "1 = all have the same", false);
        line(chart, "nodes that share one", outcome -> outcome.fairnessOfNodes);
        line(chart, "subjects with the same limit", outcome -> outcome.fairnessOfSubjects);
        chart.getStyler().setYAxisMin(0.9);
        chart.getStyler().setYAxisMax(1.01);
        return chart;
    }

    private XYChart recovery() {
        XYChart chart = chart("Until every count is right again", "seconds", false);
        line(chart, "after a node is lost", outcome -> outcome.recoveryFromDeath);
        line(chart, "after a frozen one returns", outcome -> outcome.recoveryFromFreeze);
        line(chart, "after a split has healed", outcome -> outcome.recoveryFromSplit);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private void line(XYChart chart, String name, ToDoubleFunction<GrowthOutcome> figure) {
        chart.addSeries(
                name,
                outcomes.stream().mapToDouble(outcome -> outcome.plan.nodes()).toArray(),
                // a logarithm has no place for 0
                outcomes.stream()
                        .mapToDouble(outcome -> Math.max(1e-3, figure.applyAsDouble(outcome)))
                        .toArray());
    }

    private static XYChart chart(String title, String unit, boolean logarithmic) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("nodes")
                .yAxisTitle(unit)
                .build();
        chart.getStyler()
                .setLegendPosition(logarithmic ? LegendPosition.InsideNW : LegendPosition.InsideSE)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(logarithmic);
        return chart;
    }
}
