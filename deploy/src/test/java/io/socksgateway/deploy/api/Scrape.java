package io.socksgateway.deploy.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metrics in Prometheus' text format, taken apart. */
public final class Scrape {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.eE+-]+|NaN|\\+Inf)");

    private final Map<String, Double> samples = new HashMap<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> described = new TreeSet<>();

    private Scrape(String text) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("# HELP ")) {
                described.add(line.split(" ", -1)[2]);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                add(line);
            }
        }
    }

    public static Scrape of(String text) {
        return new Scrape(text);
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        String labels = sample.group(2) == null ? "" : "{" + sample.group(2) + "}";
        samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
        names.add(sample.group(1));
    }

    /** Names of all samples, without labels. */
    public Set<String> names() {
        return names;
    }

    /** Names that have a help text. */
    Set<String> described() {
        return described;
    }

    /** The value of a sample, with its labels as Prometheus writes them, in single quotes. */
    public double value(String sample) {
        Double value = samples.get(sample.replace('\'', '"'));
        if (value == null) {
            throw new AssertionError("no sample " + sample + " among "
                    + new TreeSet<>(samples.keySet()).toString().replace(", ", "\n"));
        }
        return value;
    }

    /** The sum of all samples of a name. */
    public double sum(String name) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(name + "{")
                        || sample.getKey().equals(name))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    public boolean has(String sample) {
        return samples.containsKey(sample.replace('\'', '"'));
    }
}
