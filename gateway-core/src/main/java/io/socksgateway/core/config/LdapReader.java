package io.socksgateway.core.config;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads authenticators of type {@code ldap}. DNs and filters are looked at as text only; who uses them knows their grammar.
 *
 * @param certificates kind of the file with those to trust
 * @param secret kind of the password of who searches
 */
record LdapReader(Kind<List<X509Certificate>> certificates, Kind<Secret> secret) {

    private static final int DEFAULT_CONNECTIONS = 8;
    private static final Kind<Integer> CONNECTIONS = new WholeNumber(1, 256);
    private static final String MEMBER = "(|(member={dn})(uniqueMember={dn})(memberUid={user}))";

    private static final Kind<String> DN = text("a DN, such as \"dc=example,dc=com\"");
    private static final Kind<String> USER_DN =
            text("a DN with {user} in it, such as \"uid={user},ou=people,dc=example,dc=com\"", LdapConfig.USER);
    private static final Kind<String> USER_FILTER =
            text("a filter with {user} in it, such as \"(uid={user})\"", LdapConfig.USER);
    private static final Kind<String> GROUP_FILTER =
            text("a filter with {dn} or {user} in it, such as \"(member={dn})\"", LdapConfig.DN, LdapConfig.USER);
    private static final Kind<String> ATTRIBUTE = new Text<>("the name of an attribute", LdapReader::attribute);

    @Nullable
    LdapConfig read(String name, Section section) {
        List<LdapConfig.Server> servers = section.list("url", LdapUrl.SERVER);
        boolean startTls = section.value("startTls", false, Flag.FLAG);
        boolean insecure = section.value("insecure", false, Flag.FLAG);
        List<X509Certificate> trust = section.optional("trust", certificates);
        String bindDn = section.optional("bindDn", USER_DN);
        LdapConfig.Search search = section.objectIfPresent("search", this::search);
        LdapConfig.Groups groups = section.objectIfPresent("groups", LdapReader::groups);
        Integer connections = section.object("pool", pool -> pool.value("size", DEFAULT_CONNECTIONS, CONNECTIONS));
        long timeout = section.value("timeout", "2s", DurationText.POSITIVE);
        AuthCacheConfig cache = AuthCacheConfig.read(section);
        checkServers(section, servers, startTls, insecure);
        if (section.has("bindDn") == section.has("search")) {
            section.fail(
                    "bindDn",
                    section.has("search") ? "is given, and so is search" : "is missing, and so is search",
                    "expected: one of the two");
        }
        return connections == null || cache == null || !section.clean()
                ? null
                : new LdapConfig(
                        name,
                        servers,
                        startTls,
                        trust == null ? List.of() : trust,
                        bindDn,
                        search,
                        groups,
                        connections,
                        timeout,
                        cache);
    }

    private static void checkServers(
            Section section, List<LdapConfig.Server> servers, boolean startTls, boolean insecure) {
        long withTls = servers.stream().filter(LdapConfig.Server::tls).count();
        if (servers.isEmpty()) {
            if (section.clean()) {
                section.fail(
                        "url",
                        section.has("url") ? "an empty list" : "is missing",
                        "expected: " + LdapUrl.SERVER.expected());
            }
        } else if (withTls > 0 && withTls < servers.size()) {
            section.fail("url", "some with TLS and some without", "expected: all ldaps, or all ldap");
        } else if (withTls > 0 && startTls) {
            section.fail("startTls", "true with ldaps, which has TLS from the start", "expected: ldap:// in url");
        } else if (withTls == 0 && !startTls && !insecure) {
            servers.stream()
                    .filter(server -> !HostText.isLoopback(server.host()))
                    .findFirst()
                    .ifPresent(server -> section.fail(
                            "url",
                            "would send passwords in the clear to " + server.host(),
                            "expected: ldaps://, or \"startTls\": true, or \"insecure\": true if that is wanted"));
        }
    }

    private LdapConfig.@Nullable Search search(Section section) {
        String base = section.required("base", DN);
        String filter = section.value("filter", "(uid={user})", USER_FILTER);
        String nameAttribute = section.optional("nameAttribute", ATTRIBUTE);
        String bindDn = section.optional("bindDn", DN);
        Secret bindPassword = section.optional("bindPassword", secret);
        if (section.has("bindDn") != section.has("bindPassword")) {
            String missing = section.has("bindDn") ? "bindPassword" : "bindDn";
            section.fail(missing, "is missing", "expected: both bindDn and bindPassword, or neither");
        }
        return base == null ? null : new LdapConfig.Search(base, filter, nameAttribute, bindDn, bindPassword);
    }

    private static LdapConfig.@Nullable Groups groups(Section section) {
        String memberOf = section.optional("memberOf", ATTRIBUTE);
        String base = section.optional("base", DN);
        String filter = section.value("filter", MEMBER, GROUP_FILTER);
        String attribute = section.value("attribute", "cn", ATTRIBUTE);
        if (section.has("memberOf")) {
            for (String key : List.of("base", "filter", "attribute")) {
                if (section.has(key)) {
                    section.fail(key, "is given, and so is memberOf", "expected: groups of one kind");
                }
            }
            return memberOf == null ? null : new LdapConfig.Groups(null, "", memberOf);
        }
        if (!section.has("base")) {
            section.fail("base", "is missing", "expected: " + DN.expected() + ", or memberOf");
        }
        return base == null ? null : new LdapConfig.Groups(base, filter, attribute);
    }

    private static @Nullable String attribute(String text, Cursor at) {
        if (text.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
            return text;
        }
        at.unexpected("the name of an attribute");
        return null;
    }

    /** A text that is not blank and has one of the placeholders in it, if any are given. */
    private static Kind<String> text(String expected, String... placeholders) {
        return new Text<>(expected, (text, at) -> {
            boolean found = placeholders.length == 0;
            for (String placeholder : placeholders) {
                found |= text.contains(placeholder);
            }
            if (!found || text.isBlank()) {
                at.unexpected(expected);
                return null;
            }
            return text;
        });
    }
}
