package io.socksgateway.deploy;

import io.socksgateway.auth.GroupsOfUsers;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.config.DnsConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.core.net.dns.DnsNames;
import io.socksgateway.core.net.dns.LookupShares;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.tcp.OwnListeners;
import io.socksgateway.deploy.explain.Explainer;
import io.socksgateway.deploy.explain.Explanation;
import io.socksgateway.deploy.explain.QuestionText;
import io.socksgateway.deploy.remote.TextTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: what would become of a request, by the rules of a configuration or of a running gateway. */
@Command(
        name = "explain",
        description = {
            "Says whether a client would reach a destination: by which rule, to which addresses, under which quotas.",
            "Nothing is dialled; names are resolved. Whether there is such a user is not asked.",
            "With --config by the rules of that configuration, whether it runs or not; with --admin by those in force there,",
            "and by the bans that the nodes know of."
        },
        footer = {"", "Example: socks-gateway explain -c gateway.json --user alice --from 10.1.2.3 db.example:5432"})
final class ExplainCommand implements Callable<Integer> {

    private static final long SECONDS = 30;

    /** It looks one name up. */
    private static final int LOOKUPS = 1;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @Parameters(paramLabel = "HOST:PORT", arity = "0..1", description = "The destination.")
    private @Nullable String destination;

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "The destination, if it is not given alone.")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "The client. Default: 127.0.0.1.")
    private @Nullable String from;

    @Option(names = "--user", description = "Who logs in. Default: nobody.")
    private @Nullable String user;

    @Option(
            names = "--group",
            description = "A group of the user; may be repeated. Default: those of the configuration and its files.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--command", description = "connect, bind or udp. Default: connect.")
    private @Nullable String command;

    @Option(names = "--listener", description = "Where the client comes in. Default: wherever it gets in.")
    private @Nullable String listener;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        String wanted = destination == null ? to : destination;
        if (wanted == null || (destination != null && to != null)) {
            throw new ParameterException(spec.commandLine(), "Which destination? Give HOST:PORT, once.");
        }
        QuestionText question = new QuestionText(wanted, from, user, groups, command, listener);
        Path config = admin.config();
        if (config == null || admin.namesEndpoint()) {
            return admin.run((gateway, vertx) -> print(gateway.get("explain?" + query(question))));
        }
        print(offline(config, question));
        return ExitCode.OK;
    }

    private static String query(QuestionText question) {
        StringBuilder query = new StringBuilder("to=").append(encoded(question.to()));
        append(query, "from", question.from());
        append(query, "user", question.user());
        question.groups().forEach(group -> append(query, "group", group));
        append(query, "command", question.command());
        append(query, "listener", question.listener());
        return query.toString();
    }

    private static void append(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(encoded(value));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonObject offline(Path config, QuestionText question) throws CommandFailure {
        Logging.quiet();
        Vertx vertx = Vertx.vertx(Transport.options());
        try {
            LoadedConfig.Valid loaded = Configurations.load(vertx, config, null);
            return explain(vertx, loaded, question).await(SECONDS, TimeUnit.SECONDS);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.FAILED, List.of(String.valueOf(e.getMessage())));
        } catch (TimeoutException e) {
            throw new CommandFailure(ExitCode.FAILED, List.of("no answer in " + SECONDS + " s"));
        } finally {
            vertx.close().await();
        }
    }

    private static Future<JsonObject> explain(Vertx vertx, LoadedConfig.Valid loaded, QuestionText question) {
        GatewayConfig config = loaded.config();
        OwnListeners listeners = new OwnListeners();
        config.listeners().forEach(one -> Addresses.parse(one.host())
                .ifPresent(address -> listeners.add(one.name(), new InetSocketAddress(address, one.port()))));
        RuleSet rules = new RuleSet(config.rules(), listeners);
        DnsConfig dns = config.dns();
        return DnsNames.open(vertx, dns.servers(), dns.family(), dns.maxEntries(), new LookupShares(LOOKUPS))
                .map(names -> new Explainer(
                        vertx,
                        () -> rules,
                        () -> config,
                        loaded::source,
                        names,
                        one -> GroupsOfUsers.read(config.auth()).of(one),
                        (client, one) -> Future.succeededFuture(List.of())))
                .compose(explainer -> explainer.explain(question))
                .map(Explanation::json);
    }

    private void print(JsonObject answer) {
        PrintWriter out = spec.commandLine().getOut();
        if (admin.json()) {
            Printing.json(out, answer);
            return;
        }
        out.println((answer.getBoolean("allowed") ? "allowed: " : "refused: ") + answer.getString("why"));
        JsonArray addresses = answer.getJsonArray("addresses");
        if (!addresses.isEmpty()) {
            TextTable table = new TextTable("ADDRESS", "VERDICT", "RULE");
            addresses.forEach(each -> table.add(List.of(
                    Printing.text((JsonObject) each, "address"),
                    Printing.text((JsonObject) each, "outcome"),
                    Printing.text((JsonObject) each, "rule"))));
            Printing.table(out, table);
        }
        answer.getJsonArray("quotas").forEach(each -> quota(out, (JsonObject) each));
    }

    private static void quota(PrintWriter out, JsonObject quota) {
        out.println(QuotaWords.of(quota));
    }
}
