package io.socksgateway.deploy;

import io.socksgateway.deploy.remote.Quantity;
import io.socksgateway.deploy.remote.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sessions}: the open sessions of all nodes. */
@Command(name = "sessions", description = "Lists the open sessions of all nodes.")
final class SessionsCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @Option(names = "--user", description = "Only of this user.")
    private @Nullable String user;

    @Option(names = "--source", description = "Only of users of this source.")
    private @Nullable String source;

    @Option(names = "--client", paramLabel = "ADDRESS", description = "Only from this address, or range.")
    private @Nullable String client;

    @Option(names = "--listener", description = "Only of this listener.")
    private @Nullable String listener;

    @Option(names = "--node", description = "Only on this node.")
    private @Nullable String node;

    @Option(names = "--state", description = "Only those that are opening, or open.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many; 0 for all. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        return admin.run((gateway, vertx) -> print(Pages.list(gateway, "sessions", filter(), "sessions", limit)));
    }

    private String filter() {
        return Pages.parameter("user", user)
                + Pages.parameter("source", source)
                + Pages.parameter("client", client)
                + Pages.parameter("listener", listener)
                + Pages.parameter("node", node)
                + Pages.parameter("state", state);
    }

    private void print(JsonObject answer) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (admin.json()) {
            Printing.json(out, answer);
            return;
        }
        TextTable table = new TextTable(
                "ID", "NODE", "LISTENER", "CLIENT", "USER", "COMMAND", "REQUESTED", "RULE", ">UP", ">DOWN", ">AGE");
        JsonArray sessions = answer.getJsonArray("sessions");
        sessions.forEach(each -> table.add(row((JsonObject) each)));
        Printing.table(out, table);
        long total = answer.getLong("total");
        if (sessions.size() < total) {
            err.println(sessions.size() + " of " + total + " sessions; --limit 0 lists all");
        }
        Printing.silent(err, answer);
    }

    private static List<String> row(JsonObject session) {
        String command = Printing.text(session, "command");
        return List.of(
                Printing.text(session, "id"),
                Printing.text(session, "node"),
                Printing.text(session, "listener"),
                Printing.text(session, "client"),
                Printing.text(session, "user"),
                session.getString("state").equals("open") ? command : command + " (opening)",
                Printing.text(session, "requested"),
                Printing.text(session, "rule"),
                Quantity.octets(session.getLong("bytesUp")),
                Quantity.octets(session.getLong("bytesDown")),
                Quantity.time(session.getLong("durationMs")));
    }
}
