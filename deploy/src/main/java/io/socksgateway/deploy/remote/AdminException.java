package io.socksgateway.deploy.remote;

import java.util.ArrayList;
import java.util.List;

/** The admin endpoint cannot be reached, or refuses; says so in lines for the terminal. */
public final class AdminException extends Exception {

    private static final long serialVersionUID = 1L;

    /** {@link #status} if there was no answer. */
    public static final int NO_ANSWER = 0;

    private final int status;
    private final ArrayList<String> lines;

    AdminException(int status, List<String> lines) {
        super(String.join("; ", lines));
        this.status = status;
        this.lines = new ArrayList<>(lines);
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    public List<String> lines() {
        return lines;
    }
}
