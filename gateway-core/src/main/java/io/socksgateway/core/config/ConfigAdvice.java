package io.socksgateway.core.config;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.rules.NamePattern;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.wire.SocksVersion;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Warnings about a configuration that is valid and yet hardly what its author means. */
final class ConfigAdvice {

    private final GatewayConfig config;
    private final Findings findings;

    private ConfigAdvice(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    static void give(GatewayConfig config, Findings findings) {
        ConfigAdvice advice = new ConfigAdvice(config, findings);
        for (int i = 0; i < config.listeners().size(); i++) {
            advice.onListener(config.listeners().get(i), JsonPath.item("listeners", i));
        }
        advice.onUnusedUsers();
        advice.onAuthenticators();
        advice.onKerberos();
        advice.onRules();
        QuotaAdvice.give(config, findings);
        ClusterAdvice.give(config, findings);
        DiscoveryAdvice.give(config, findings);
    }

    private void onListener(ListenerConfig listener, String path) {
        boolean open = listener.auth().contains(ListenerConfig.NONE)
                && config.rules().isEmpty()
                && !asksForClientCertificate(listener)
                && (listener.proxyProtocol() || !HostText.isLoopback(listener.host())); // the balancer may be anywhere
        if (open) {
            findings.warn(
                    path,
                    "an open proxy: whoever reaches " + listener.host() + " may use it, without password and rules",
                    listener.proxyProtocol()
                            ? "give auth.users, or rules with \"from\""
                            : "give auth.users, or rules with \"from\", or listen on 127.0.0.1");
        }
        boolean socks5 = listener.protocols().contains(SocksVersion.SOCKS5);
        if (!socks5 && Set.of(ListenerConfig.USERPASS, ListenerConfig.GSSAPI).containsAll(listener.auth())) {
            findings.warn(
                    path,
                    "nobody gets in: SOCKS4 knows neither passwords nor tickets",
                    "add \"socks5\" to protocols, or \"none\" to auth");
        }
        onIdentd(listener, path);
    }

    private void onIdentd(ListenerConfig listener, String path) {
        int identd = listener.auth().indexOf(ListenerConfig.IDENTD);
        int none = listener.auth().indexOf(ListenerConfig.NONE);
        boolean socks4 = listener.protocols().contains(SocksVersion.SOCKS4)
                || listener.protocols().contains(SocksVersion.SOCKS4A);
        if (identd >= 0 && !socks4) {
            findings.warn(path, "no identd is ever asked: only SOCKS4 has users for it", "add \"socks4\" to protocols");
        } else if (none >= 0 && none < identd) {
            findings.warn(
                    path,
                    "no identd is ever asked: \"none\" before it lets SOCKS4 clients in as nobody",
                    "put \"identd\" before \"none\"");
        }
    }

    private static boolean asksForClientCertificate(ListenerConfig listener) {
        return listener.tls() != null && listener.tls().asksForClientCertificate();
    }

    private void onUnusedUsers() {
        boolean asked =
                config.listeners().stream().anyMatch(listener -> listener.auth().contains(ListenerConfig.USERPASS));
        boolean theirGroupsCount =
                config.auth().authenticators(GssapiConfig.class).findAny().isPresent();
        if (config.auth().checksPasswords() && !asked && !theirGroupsCount) {
            findings.warn("auth", "no listener asks for a password", "add \"userpass\" to the auth of a listener");
        }
    }

    private void onAuthenticators() {
        List<AuthenticatorConfig> all = config.auth().authenticators();
        for (int i = 0; i < all.size(); i++) {
            String path = JsonPath.item("auth.authenticators", i);
            onTimeout(all.get(i), path);
            if (all.get(i) instanceof AuthenticatorConfig.Verticle plugin) {
                onPlugin(plugin, path);
            }
        }
    }

    private void onTimeout(AuthenticatorConfig authenticator, String path) {
        long limit = config.timeouts().auth();
        if (authenticator.timeout() > limit) {
            findings.warn(
                    JsonPath.key(path, "timeout"),
                    authenticator.timeout() + " ms are never waited for: timeouts.auth is " + limit + " ms",
                    "make timeouts.auth longer");
        }
    }

    private void onPlugin(AuthenticatorConfig.Verticle plugin, String path) {
        PluginMethod method = plugin.method();
        if (method != null
                && config.listeners().stream()
                        .noneMatch(listener -> listener.methods().contains(method))) {
            findings.warn(
                    JsonPath.key(path, "method"),
                    "no listener offers it",
                    "add " + Shown.quoted(method.name()) + " to the auth of a listener");
        }
    }

    private void onKerberos() {
        if (config.auth().authenticators(GssapiConfig.class).findAny().isPresent()
                && config.listeners().stream()
                        .noneMatch(listener -> listener.auth().contains(ListenerConfig.GSSAPI))) {
            findings.warn("auth", "no listener asks for a ticket", "add \"gssapi\" to the auth of a listener");
        }
    }

    private void onRules() {
        List<Rule> rules = config.rules();
        for (int i = 0; i < rules.size(); i++) {
            String path = JsonPath.item("rules", i);
            onUnknownPeople(rules.get(i), path);
            for (Rule earlier : rules.subList(0, i)) {
                if (hides(earlier, rules.get(i))) {
                    String why = "never matches: rule " + Shown.quoted(earlier.id()) + " before it takes everything";
                    findings.warn(path, why, "put the more special rule first");
                    break;
                }
            }
        }
    }

    /** Names that no login can have, as long as all who can log in are written in the configuration itself. */
    private void onUnknownPeople(Rule rule, String path) {
        if (config.auth().authenticators().stream()
                .anyMatch(each -> each.checksPasswords()
                        || each instanceof AuthenticatorConfig.Verticle
                        || each instanceof GssapiConfig)) {
            return;
        }
        Set<String> users = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (AuthConfig.User user : config.auth().users()) {
            users.add(user.name());
            groups.addAll(user.groups());
        }
        onUnknown(JsonPath.key(path, "users"), "user", rule.users(), users);
        onUnknown(JsonPath.key(path, "groups"), "group", rule.groups(), groups);
    }

    private void onUnknown(String path, String what, Set<String> named, Collection<String> known) {
        for (String name : named.stream().sorted().toList()) {
            if (!known.contains(name)) {
                String hint = Spelling.hint(name, known, "none in auth.users has it");
                findings.warn(path, "there is no " + what + " " + Shown.quoted(name), hint);
            }
        }
    }

    /**
     * Whether an earlier rule without conditions leaves nothing to a later one. If it allows, internal addresses still
     * come through to a later rule that names them or denies.
     */
    private static boolean hides(Rule earlier, Rule later) {
        boolean unconditional = earlier.users().isEmpty()
                && earlier.groups().isEmpty()
                && earlier.from().isEmpty()
                && earlier.commands().isEmpty()
                && earlier.ports().isEmpty()
                && earlier.to().names().stream().anyMatch(NamePattern::isAny);
        List<Cidr> ranges = later.to().ranges();
        return unconditional
                && (!earlier.allow()
                        || (later.allow() && ranges.isEmpty() && !later.to().internal()));
    }
}
