package io.socksgateway.deploy;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command of the command line, run in this process. */
public final class Terminal {

    /** Milliseconds from one look at a node that drains to the next. */
    private static final long LOOK = 20;

    private Terminal() {}

    /** What it printed where, and what it ended with. */
    public record Outcome(int exitCode, String out, String err) {}

    public static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.execute(LOOK, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Outcome(exitCode, out.toString().strip(), err.toString().strip());
    }
}
