package io.socksgateway.deploy;

import io.socksgateway.deploy.remote.Quantity;
import io.socksgateway.deploy.remote.TextTable;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nodes}: how all nodes are. */
@Command(name = "nodes", description = "Lists the nodes of the cluster and how they are.")
final class NodesCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        return admin.run((gateway, vertx) -> {
            JsonObject answer = gateway.get("nodes");
            PrintWriter out = spec.commandLine().getOut();
            if (admin.json()) {
                Printing.json(out, answer);
                return;
            }
            TextTable table =
                    new TextTable("NODE", "STATE", ">SESSIONS", ">AT MOST", ">SEES", ">UP", "VERSION", "JAVA");
            answer.getJsonArray("nodes").forEach(each -> table.add(row((JsonObject) each)));
            answer.getJsonArray("silent")
                    .forEach(name -> table.add(List.of(String.valueOf(name), "silent", "", "", "", "", "", "")));
            Printing.table(out, table);
            answer.getJsonArray("nodes").forEach(each -> warn((JsonObject) each));
        });
    }

    private void warn(JsonObject node) {
        long members = node.getLong("members", 1L);
        long minimum = node.getLong("minimumMembers", 1L);
        if (members < minimum) {
            spec.commandLine()
                    .getErr()
                    .println("warning: %s sees %s, fewer than cluster.minimumMembers (%d)"
                            .formatted(node.getString("name"), Printing.many(members, "node"), minimum));
        }
    }

    private static List<String> row(JsonObject node) {
        return List.of(
                Printing.text(node, "name"),
                Printing.text(node, "state"),
                Printing.text(node, "sessions"),
                Printing.text(node, "maxSessions"),
                Printing.text(node, "members"),
                Quantity.time(node.getLong("uptimeMs")),
                Printing.text(node, "version"),
                Printing.text(node, "java"));
    }
}
