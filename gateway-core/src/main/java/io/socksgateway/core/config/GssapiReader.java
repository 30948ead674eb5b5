package io.socksgateway.core.config;

import io.socksgateway.core.wire.Protection;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the authenticator of type {@code gssapi}. What is in the keytab is looked at by those who use it. */
final class GssapiReader {

    private static final Choice<Protection> LEVEL = Choice.of(Protection.class);
    private static final List<String> LEVELS =
            List.of(Protection.CONFIDENTIALITY.toString(), Protection.INTEGRITY.toString());

    private final Findings findings;
    private final Kind<Path> file;
    private boolean hasOne;

    GssapiReader(Findings findings, Kind<Path> file) {
        this.findings = findings;
        this.file = file;
    }

    @Nullable
    GssapiConfig read(String name, Section section) {
        if (hasOne) {
            section.fail("type", "a second gssapi", "expected: at most one authenticator of this type");
        }
        hasOne = true;
        Path keytab = section.required("keytab", file);
        List<String> principals = principals(section);
        List<Protection> levels = section.list("protection", LEVELS, LEVEL);
        if (levels.isEmpty() && section.clean()) {
            section.fail("protection", "an empty list", "expected: " + LEVEL.expected());
        }
        boolean nec = section.value("nec", false, Flag.FLAG);
        Set<String> realms = realms(section, principals);
        Uniqueness clients = new Uniqueness(findings, "principal");
        List<GssapiConfig.User> users = section.objects("users", user -> user(user, clients));
        Set<String> groups = Set.copyOf(section.list("groups", List.of(), NameText.NAME));
        long maxAge = section.value("maxAge", "0s", DurationText.OR_ZERO);
        return keytab == null || principals.isEmpty()
                ? null
                : new GssapiConfig(name, keytab, principals, levels, nec, realms, users, groups, maxAge);
    }

    private static List<String> principals(Section section) {
        if (!section.has("principal")) {
            String missing = section.required("principal", PrincipalText.PRINCIPAL);
            return missing == null ? List.of() : List.of(missing);
        }
        boolean clean = section.clean();
        List<String> principals = section.list("principal", PrincipalText.PRINCIPAL);
        if (principals.isEmpty() && clean && section.clean()) {
            section.fail("principal", "an empty list", "expected: " + PrincipalText.PRINCIPAL.expected());
        }
        return principals;
    }

    private static Set<String> realms(Section section, List<String> principals) {
        List<String> given = section.list("realms", PrincipalText.REALM);
        if (section.has("realms")) {
            return Set.copyOf(given);
        }
        Set<String> own = new TreeSet<>();
        principals.forEach(principal -> own.add(PrincipalText.realm(principal)));
        return own;
    }

    private static GssapiConfig.@Nullable User user(Section section, Uniqueness clients) {
        String principal = section.required("principal", PrincipalText.PRINCIPAL);
        String name = section.optional("name", NameText.NAME);
        List<String> groups = section.list("groups", List.of(), NameText.NAME);
        if (principal == null) {
            return null;
        }
        clients.claim(principal, section.path("principal"));
        return new GssapiConfig.User(principal, name, Set.copyOf(groups));
    }
}
