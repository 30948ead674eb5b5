package io.socksgateway.deploy;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kill}: ends sessions on whatever nodes they are. */
@Command(
        name = "kill",
        description = "Ends a session, or all of a user or client, on all nodes. Their access lines say killed.")
final class KillCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private Whose whose;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** One of them. */
    static final class Whose {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "Id of the session, as sessions and logs have it.")
        private @Nullable String id;

        @Option(names = "--user", required = true, description = "All sessions of this user.")
        private @Nullable String user;

        @Option(
                names = "--client",
                required = true,
                paramLabel = "ADDRESS",
                description = "All sessions from this address, or range.")
        private @Nullable String client;

        /** Whether they may be on several nodes. */
        boolean isMany() {
            return id == null;
        }

        String path() {
            if (user != null) {
                return "users/" + Printing.encoded(user) + "/sessions";
            } else if (client != null) {
                return "clients/" + Printing.encoded(client) + "/sessions";
            }
            return "sessions/" + Printing.encoded(id == null ? "" : id);
        }
    }

    @Override
    public Integer call() throws CommandFailure {
        return admin.run((gateway, vertx) -> {
            JsonObject answer = gateway.delete(whose.path());
            PrintWriter out = spec.commandLine().getOut();
            if (admin.json()) {
                Printing.json(out, answer);
            } else {
                out.println(Printing.many(answer.getLong("ended"), "session") + " ended");
            }
            if (whose.isMany()) {
                Printing.checkAllNodes(answer);
            }
        });
    }
}
