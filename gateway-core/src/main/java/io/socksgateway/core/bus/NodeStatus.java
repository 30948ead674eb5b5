package io.socksgateway.core.bus;

import io.vertx.core.json.JsonObject;

/**
 * How a node is.
 *
 * <p>Immutable.
 *
 * @param state {@code starting}, {@code ready} or {@code draining}
 * @param sessions now, including those whose target is not reached yet
 * @param maxSessions the most at one time
 * @param negotiating clients that have no session yet
 * @param uptimeMillis since it has started
 * @param members nodes that it sees, itself included
 * @param minimumMembers how many it has to see
 */
public record NodeStatus(
        String name,
        String version,
        String java,
        String state,
        long sessions,
        long maxSessions,
        long negotiating,
        long uptimeMillis,
        long members,
        long minimumMembers) {

    /** As nodes and the API say it. */
    public JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("version", version)
                .put("java", java)
                .put("state", state)
                .put("sessions", sessions)
                .put("maxSessions", maxSessions)
                .put("negotiating", negotiating)
                .put("uptimeMs", uptimeMillis)
                .put("members", members)
                .put("minimumMembers", minimumMembers);
    }

    static NodeStatus from(JsonObject json) {
        return new NodeStatus(
                json.getString("name"),
                json.getString("version"),
                json.getString("java"),
                json.getString("state"),
                json.getLong("sessions"),
                json.getLong("maxSessions"),
                json.getLong("negotiating"),
                json.getLong("uptimeMs"),
                json.getLong("members", 1L), // a node of before does not say it
                json.getLong("minimumMembers", 1L));
    }
}
