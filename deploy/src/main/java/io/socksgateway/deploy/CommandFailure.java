package io.socksgateway.deploy;

import java.util.ArrayList;
import java.util.List;

/** A command cannot do what it was told, for reasons that the user can mend. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final ArrayList<String> lines;

    CommandFailure(int exitCode, List<String> lines) {
        super(String.join("; ", lines));
        this.exitCode = exitCode;
        this.lines = new ArrayList<>(lines);
    }

    int exitCode() {
        return exitCode;
    }

    /** For the terminal. */
    List<String> lines() {
        return lines;
    }
}
