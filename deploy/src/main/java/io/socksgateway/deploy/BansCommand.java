package io.socksgateway.deploy;

import io.socksgateway.deploy.remote.Quantity;
import io.socksgateway.deploy.remote.TextTable;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bans}: who may not log in for a while, and an end to it. */
@Command(
        name = "bans",
        description = {
            "Lists the bans of those whose logins have failed too often, on all nodes; of more than 1,000 those that last longest.",
            "With --lift, --lift-user or --lift-client ends them, and forgets the failures."
        })
final class BansCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @ArgGroup
    private @Nullable Lift lift;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** One of them. */
    static final class Lift {
        @Option(names = "--lift", required = true, paramLabel = "ID", description = "The ban of this id.")
        private @Nullable String id;

        @Option(names = "--lift-user", required = true, paramLabel = "USER", description = "The bans of a user.")
        private @Nullable String user;

        @Option(
                names = "--lift-client",
                required = true,
                paramLabel = "ADDRESS",
                description = "All bans that keep out clients of this address or range, those of networks too.")
        private @Nullable String client;

        String path() {
            if (user != null) {
                return "users/" + Printing.encoded(user) + "/bans";
            } else if (client != null) {
                return "clients/" + Printing.encoded(client) + "/bans";
            }
            return "bans/" + Printing.encoded(id == null ? "" : id);
        }
    }

    @Override
    public Integer call() throws CommandFailure {
        return admin.run((gateway, vertx) -> {
            PrintWriter out = spec.commandLine().getOut();
            JsonObject answer = lift == null ? gateway.get("bans") : gateway.delete(lift.path());
            if (admin.json()) {
                Printing.json(out, answer);
            } else if (lift == null) {
                print(out, answer);
                int listed = answer.getJsonArray("bans").size();
                if (listed < answer.getInteger("total", listed)) {
                    spec.commandLine()
                            .getErr()
                            .println(listed + " of " + answer.getInteger("total") + " bans, which last longest");
                }
                Printing.silent(spec.commandLine().getErr(), answer);
            } else {
                out.println(Printing.many(answer.getJsonArray("lifted").size(), "ban") + " lifted");
            }
            if (lift != null) {
                Printing.checkAllNodes(answer);
            }
        });
    }

    private static void print(PrintWriter out, JsonObject answer) {
        TextTable table = new TextTable("ID", "CLIENT", "USER", ">LEFT");
        answer.getJsonArray("bans").forEach(each -> {
            JsonObject ban = (JsonObject) each;
            table.add(List.of(
                    Printing.text(ban, "id"),
                    Printing.text(ban, "client"),
                    Printing.text(ban, "user"),
                    Quantity.time(ban.getLong("leftMs"))));
        });
        Printing.table(out, table);
    }
}
