package io.socksgateway.deploy;

import io.socksgateway.deploy.admin.Readiness;
import io.socksgateway.deploy.remote.AdminClient;
import io.socksgateway.deploy.remote.AdminException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drain}: has a node stop in order. */
@Command(
        name = "drain",
        description = {
            "Has one node stop as SIGTERM does: no new sessions, timeouts.drain for the others, then its process ends.",
            "Shows how many sessions are left, and returns when the node has gone."
        })
final class DrainCommand implements Callable<Integer> {

    /** Milliseconds from one look at the node to the next. */
    static final long LOOK_MILLIS = 1_000;

    private static final String DRAINING = Readiness.State.DRAINING.toString();

    /** Says how many are left after so many looks, changed or not. */
    private static final int SIGN_OF_LIFE = 10;

    private final long look;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @Option(names = "--no-wait", description = "Returns when the node has begun.")
    private boolean noWait;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    DrainCommand() {
        this(LOOK_MILLIS);
    }

    /**
     * The same at another pace.
     *
     * @param look milliseconds from one look at the node to the next
     */
    DrainCommand(long look) {
        this.look = look;
    }

    @Override
    public Integer call() throws CommandFailure {
        return admin.run((gateway, vertx) -> {
            JsonObject answer = gateway.post("drain");
            PrintWriter out = spec.commandLine().getOut();
            String node = answer.getString("node");
            if (!admin.json()) {
                out.println(node + ": draining, " + Printing.many(answer.getLong("sessions"), "session") + " left");
            }
            if (!noWait) {
                follow(gateway, vertx, node, answer.getLong("sessions"));
                answer.put("state", "stopped").put("sessions", 0);
            }
            if (admin.json()) {
                Printing.json(out, answer);
            } else if (!noWait) {
                out.println(node + ": stopped");
            }
        });
    }

    /**
     * Until the node has gone. Once may be an accident, so it has when it is not there at two looks; or at one where somebody
     * of its name does not drain, and so has come in its place. One that is silent has not gone.
     */
    private void follow(AdminClient gateway, Vertx vertx, String node, long sessions) throws AdminException {
        long said = sessions;
        boolean missed = false;
        for (int looks = 1; ; looks++) {
            Void unused = vertx.timer(look).await();
            Optional<JsonObject> now = look(gateway, node);
            boolean another =
                    now.isPresent() && !now.get().getString("state", DRAINING).equals(DRAINING);
            boolean missing = now.isEmpty();
            if (another || (missing && missed)) {
                return;
            }
            missed = missing;
            long left = now.map(status -> status.getLong("sessions")).orElse(said);
            if ((left != said || looks % SIGN_OF_LIFE == 0) && !admin.json()) {
                spec.commandLine().getOut().println(node + ": " + Printing.many(left, "session") + " left");
            }
            said = left;
        }
    }

    /** How the node is, of which nothing is known while it is silent; empty if it is not there. */
    private static Optional<JsonObject> look(AdminClient gateway, String name) throws AdminException {
        JsonObject answer;
        try {
            answer = gateway.get("nodes");
        } catch (AdminException e) {
            if (e.isGone()) {
                return Optional.empty();
            }
            throw e;
        }
        if (answer.getJsonArray("silent").contains(name)) {
            return Optional.of(new JsonObject());
        }
        return answer.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(node -> name.equals(node.getString("name")))
                .findFirst();
    }
}
