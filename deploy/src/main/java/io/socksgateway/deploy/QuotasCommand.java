package io.socksgateway.deploy;

import io.socksgateway.deploy.remote.AdminClient;
import io.socksgateway.deploy.remote.AdminException;
import io.socksgateway.deploy.remote.Quantity;
import io.socksgateway.deploy.remote.TextTable;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quotas}: how much of their quotas subjects use. */
@Command(
        name = "quotas",
        description = {
            "Lists how much of their quotas users, groups, clients and listeners use.",
            "With --reset forgets what a subject has moved in this period."
        })
final class QuotasCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @Option(names = "--quota", description = "Only of this quota.")
    private @Nullable String quota;

    @Option(names = "--subject", description = "Only of this user, group, address or listener.")
    private @Nullable String subject;

    @Option(names = "--reset", description = "Forgets the traffic of --subject under --quota.")
    private boolean reset;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        if (!reset) {
            return admin.run((gateway, vertx) -> print(list(gateway)));
        }
        String of = quota;
        String whose = subject;
        if (of == null || whose == null) {
            throw new ParameterException(spec.commandLine(), "--reset wants --quota and --subject.");
        }
        return admin.run((gateway, vertx) -> forgive(gateway, of, whose));
    }

    private void forgive(AdminClient gateway, String of, String whose) throws AdminException, CommandFailure {
        JsonObject answer =
                gateway.delete("quotas/" + Printing.encoded(of) + "/traffic?subject=" + Printing.encoded(whose));
        PrintWriter out = spec.commandLine().getOut();
        if (admin.json()) {
            Printing.json(out, answer);
        } else {
            out.println(answer.getInteger("forgiven") > 0 ? "reset" : "there was nothing to reset");
        }
        Printing.checkAllNodes(answer);
    }

    private JsonObject list(AdminClient gateway) throws AdminException {
        String filter = Pages.parameter("quota", quota) + Pages.parameter("subject", subject);
        return Pages.list(gateway, "quotas", filter, "use", 0);
    }

    private void print(JsonObject answer) {
        PrintWriter out = spec.commandLine().getOut();
        if (admin.json()) {
            Printing.json(out, answer);
            return;
        }
        TextTable table = new TextTable("QUOTA", "KEY", "SUBJECT", "NODE", ">SESSIONS", ">TRAFFIC");
        answer.getJsonArray("use").forEach(each -> table.add(row((JsonObject) each)));
        Printing.table(out, table);
        Printing.silent(spec.commandLine().getErr(), answer);
    }

    private static List<String> row(JsonObject use) {
        String subject = Printing.text(use, "subject");
        return List.of(
                Printing.text(use, "quota"),
                Printing.text(use, "key"),
                subject.isEmpty() ? "(no login)" : subject,
                Printing.text(use, "node"),
                of(use, "sessions", "maxSessions", Long::toString),
                of(use, "traffic", "maxTraffic", Quantity::octets));
    }

    private static String of(JsonObject use, String used, String most, LongFunction<String> text) {
        Long now = use.getLong(used);
        Long limit = use.getLong(most);
        return now == null ? "" : text.apply(now) + (limit == null ? "" : " of " + text.apply(limit));
    }
}
