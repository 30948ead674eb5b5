package io.socksgateway.deploy.remote;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The admin endpoint cannot be reached, or refuses; says so in lines for the terminal, and as a problem document (RFC 9457). */
public final class AdminException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> lines;
    private final transient JsonObject problem;
    private final boolean gone;

    private AdminException(List<String> lines, JsonObject problem, boolean gone) {
        super(String.join("; ", lines));
        this.lines = new ArrayList<>(lines);
        this.problem = problem;
        this.gone = gone;
    }

    /**
     * It refuses.
     *
     * @param problem what it has answered
     */
    static AdminException refused(List<String> lines, JsonObject problem) {
        return new AdminException(lines, problem, false);
    }

    /**
     * There is no answer, or none of an admin endpoint.
     *
     * @param gone whether that is what one sees of a gateway that has stopped
     */
    static AdminException noAnswer(List<String> lines, boolean gone) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", "No Answer")
                .put("detail", String.join(" ", lines));
        return new AdminException(lines, problem, gone);
    }

    public List<String> lines() {
        return lines;
    }

    /** That of the gateway, or without an answer one like it, that has no {@code status}. */
    public JsonObject problem() {
        return problem;
    }

    /**
     * Whether that is what one sees of a gateway that has stopped: its name is not known any more, or a connection is refused,
     * not made, or ended. Not if it is only silent.
     */
    public boolean isGone() {
        return gone;
    }
}
