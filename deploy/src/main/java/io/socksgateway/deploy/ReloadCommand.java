package io.socksgateway.deploy;

import io.socksgateway.deploy.admin.Operations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reload}: has a node read its configuration again. */
@Command(
        name = "reload",
        description = "Has one node read its configuration again and apply it as a whole, or not at all.")
final class ReloadCommand implements Callable<Integer> {

    /** Seconds for one that has to wait for another, or for the way to the gateway and back. */
    private static final long PATIENCE = 20;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        return admin.run((gateway, vertx) -> {
            JsonObject answer = gateway.post("reload", Operations.RELOAD_SECONDS + PATIENCE);
            PrintWriter out = spec.commandLine().getOut();
            if (admin.json()) {
                Printing.json(out, answer);
            } else {
                String node = answer.getString("node");
                JsonArray changes = answer.getJsonArray("changes");
                out.println(node + (changes.isEmpty() ? ": nothing has changed" : ": reloaded"));
                changes.forEach(change -> out.println("  " + change));
            }
        });
    }
}
