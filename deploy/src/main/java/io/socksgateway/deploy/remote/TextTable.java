package io.socksgateway.deploy.remote;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows for a terminal: columns as wide as what is in them, numbers to the right, nothing cut off.
 *
 * <p>Confined to one thread.
 */
public final class TextTable {

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column whose title begins with {@code >} is of numbers. */
    public TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    /** Adds a row, with an empty text where there is nothing. */
    public void add(List<String> cells) {
        if (cells.size() != titles.size()) {
            throw new IllegalArgumentException("cells: " + cells.size() + " (expected: " + titles.size() + ")");
        }
        rows.add(cells.stream().map(TextTable::printable).toList());
    }

    /** Others choose what is in a cell: it must not control the terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The lines, the titles first. */
    public List<String> lines() {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    title(i).length(),
                    rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0));
        }
        List<String> lines = new ArrayList<>();
        List<String> head = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            head.add(title(i));
        }
        lines.add(line(head, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private boolean isNumber(int column) {
        return titles.get(column).startsWith(">");
    }

    private String title(int column) {
        return isNumber(column) ? titles.get(column).substring(1) : titles.get(column);
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String gap = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : "  ").append(isNumber(i) ? gap + cells.get(i) : cells.get(i) + gap);
        }
        return line.toString().stripTrailing();
    }
}
