package io.socksgateway.core.config;

import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.rules.Rule;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The strict reader of configurations: a whole one, or every error in it. It never throws for what a document holds.
 *
 * <p>A further section is a reader of its own, a line in {@code read}, a component of {@link GatewayConfig} and a
 * property of the schema; a test tells if one is missing.
 *
 * <p>Thread-safe. Blocks while it reads the files that the document names.
 */
public final class ConfigReader {

    private final Path folder;
    private final Function<String, @Nullable String> environment;

    /**
     * @param folder what relative paths in the document are relative to
     * @param environment the environment's variables, null for one that is not set
     */
    public ConfigReader(Path folder, Function<String, @Nullable String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Reads a document. */
    public LoadedConfig read(JsonObject source) {
        Findings findings = new Findings();
        GatewayConfig config = read(source, findings);
        if (config == null) {
            return new LoadedConfig.Invalid(findings.errors(), findings.secretFiles());
        }
        ConfigAdvice.give(config, findings);
        return new LoadedConfig.Valid(config, source, findings.warnings(), findings.secretFiles());
    }

    /** The configuration, or null if there was an error. */
    @Nullable
    GatewayConfig read(JsonObject source, Findings findings) {
        GatewayConfig config = Section.read(new Cursor("", source, findings), source, this::sections);
        return findings.errorCount() == 0 ? config : null;
    }

    private @Nullable GatewayConfig sections(Section root) {
        Findings findings = root.findings();
        NodeConfig node = root.object("node", new NodeReader(folder, environment)::read);
        SecretValue secret = new SecretValue(folder, environment);
        AuthReader authReader = new AuthReader(findings, folder, secret);
        AuthConfig auth = root.object("auth", authReader::read);
        ListenerReader listener = new ListenerReader(findings, folder, auth, authReader.methods());
        List<ListenerConfig> listeners = root.objectsIfPresent("listeners", listener::read);
        List<Rule> rules = root.objects("rules", new RuleReader(findings)::read);
        List<QuotaRule> quotas = root.objects("quotas", new QuotaReader(findings)::read);
        DnsConfig dns = root.object("dns", DnsReader::read);
        EgressConfig egress = root.object("egress", EgressReader::read);
        TimeoutsConfig timeouts = root.object("timeouts", TimeoutsReader::read);
        UdpConfig udp = root.object("udp", UdpReader::read);
        ClusterConfig cluster = root.objectIfPresent("cluster", new ClusterReader(secret, folder)::read);
        LogConfig log = root.object("log", new LogReader(folder)::read);
        AdminConfig admin = root.objectIfPresent("admin", new AdminReader(folder, environment)::read);
        List<ListenerConfig> some = listeners == null ? List.of(listener.onlyOne()) : listeners;
        if (admin != null) {
            listener.claim(admin.host(), admin.port(), "admin.port");
        }
        if (node == null
                || auth == null
                || dns == null
                || egress == null
                || timeouts == null
                || udp == null
                || log == null) {
            return null;
        }
        return new GatewayConfig(node, some, auth, rules, quotas, dns, egress, timeouts, udp, cluster, log, admin);
    }
}
