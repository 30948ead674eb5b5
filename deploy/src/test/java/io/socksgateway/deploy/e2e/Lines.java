package io.socksgateway.deploy.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a process writes to one of its outputs.
 *
 * <p>Thread-safe.
 */
final class Lines {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Supplier<String> whoAndWhy;
    private final Thread reader;
    private final List<String> all = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();
    private boolean ended;

    /**
     * Starts to read.
     *
     * @param whoAndWhy what else a failure should say
     */
    Lines(InputStream from, Supplier<String> whoAndWhy) {
        this.whoAndWhy = whoAndWhy;
        this.reader = new Thread(() -> read(from), "process-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream from) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(cannot be read any more: " + e + ")");
        }
        end();
    }

    private synchronized void add(String line) {
        all.add(line);
        unseen.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for a line in which the expression is found; a line that was waited for before does not count again. */
    Matcher await(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return await(expression, line -> {
            Matcher matcher = pattern.matcher(line);
            return matcher.find() ? matcher : null;
        });
    }

    /**
     * Waits for a line of which something can be made.
     *
     * @param reading null for any other line
     */
    <T> T await(String what, Function<String, @Nullable T> reading) {
        return await(DEADLINE, what, reading);
    }

    /** The same with a deadline of its own. */
    synchronized <T> T await(Duration deadline, String what, Function<String, @Nullable T> reading) {
        long until = System.nanoTime() + deadline.toNanos();
        while (true) {
            for (Iterator<String> lines = unseen.iterator(); lines.hasNext(); ) {
                T read = reading.apply(lines.next());
                if (read != null) {
                    lines.remove();
                    return read;
                }
            }
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (ended || millis <= 0) {
                throw new AssertionError("%s: no line like \"%s\" in%n%s%n%s"
                        .formatted(ended ? "the process has ended" : "deadline", what, text(), whoAndWhy.get()));
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    synchronized List<String> all() {
        return List.copyOf(all);
    }

    synchronized String text() {
        return String.join("\n", all);
    }

    /** All of it, once the process has ended. */
    String whole() {
        try {
            reader.join(DEADLINE.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return text();
    }
}
