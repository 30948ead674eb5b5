package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.result.Figure;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Numbers as they are shown: with as many digits as they deserve. */
final class Shown {

    private Shown() {}

    static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** A limit, as it was set. */
    static String limit(double value) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    /** A dash for what was not measured. */
    static String number(OptionalDouble value) {
        return value.isEmpty() ? "-" : number(value.getAsDouble());
    }

    static String figures(Map<Figure, Double> figures) {
        return new TreeMap<>(figures)
                .entrySet().stream()
                        .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + " " + number(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
