package io.socksgateway.core.config;

import io.socksgateway.core.wire.SocksVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the items of {@code listeners}. */
final class ListenerReader {

    static final String DEFAULT_NAME = "default";
    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 1080;

    private static final Choice<SocksVersion> PROTOCOL = Choice.of(SocksVersion.class);
    private static final List<String> ALL_PROTOCOLS =
            PROTOCOL.choices().stream().map(SocksVersion::toString).toList();

    private final Uniqueness names;
    private final Uniqueness places;
    private final @Nullable AuthConfig auth;
    private final List<PluginMethod> plugged;
    private final Choice<String> method;
    private final TlsReader tls;

    /**
     * @param folder what relative paths are relative to
     * @param auth null if it is wrong itself
     * @param plugged methods of plug-ins
     */
    ListenerReader(Findings findings, Path folder, @Nullable AuthConfig auth, List<PluginMethod> plugged) {
        this.names = new Uniqueness(findings, "listener");
        this.places = new Uniqueness(findings, "place of the listener");
        this.auth = auth;
        this.plugged = plugged;
        this.method = Choice.of(
                Stream.concat(PluginMethod.BUILT_IN.stream(), plugged.stream().map(PluginMethod::name))
                        .toArray(String[]::new));
        this.tls = new TlsReader(folder);
    }

    ListenerConfig read(Section section) {
        String given = section.optional("name", NameText.NAME);
        String name = given == null ? "listener-" + section.position() : given;
        String host = section.value("host", DEFAULT_HOST, HostText.HOST);
        int port = section.value("port", DEFAULT_PORT, WholeNumber.PORT);
        boolean placed = section.clean();
        List<SocksVersion> protocols = section.list("protocols", ALL_PROTOCOLS, PROTOCOL);
        if (protocols.isEmpty() && section.clean()) {
            section.fail("protocols", "an empty list", "expected: " + PROTOCOL.expected());
        }
        List<String> methods = methods(section);
        TlsConfig security = section.objectIfPresent("tls", tls::read);
        boolean proxyProtocol = section.value("proxyProtocol", false, Flag.FLAG);
        names.claim(name, section.path("name"));
        if (placed) {
            claim(host, port, section.path("port"));
        }
        return new ListenerConfig(
                name, host, port, Set.copyOf(protocols), methods, pluggedAmong(methods), security, proxyProtocol);
    }

    /** Takes a place to listen at, or reports that a listener has it. Port 0 is never taken. */
    void claim(String host, int port, String path) {
        if (port != 0) {
            places.claim(host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port, path);
        }
    }

    private List<String> methods(Section section) {
        int before = section.findings().errorCount();
        List<String> methods = section.list("auth", method).stream().distinct().toList();
        if (!section.has("auth")) {
            return defaultMethods();
        }
        if (methods.isEmpty() && section.findings().errorCount() == before) {
            section.fail("auth", "an empty list", "expected: " + method.expected());
        }
        if (methods.contains(ListenerConfig.USERPASS) && !anyoneCanLogIn()) {
            section.fail(
                    "auth",
                    Shown.quoted(ListenerConfig.USERPASS) + " without anyone who could log in",
                    "expected: auth.users or auth.authenticators to have an entry");
        }
        if (methods.contains(ListenerConfig.GSSAPI) && auth != null && !has(GssapiConfig.class)) {
            section.fail(
                    "auth",
                    Shown.quoted(ListenerConfig.GSSAPI) + " without a keytab",
                    "expected: auth.authenticators to have an entry of this type");
        }
        return methods;
    }

    /** The one listener of a configuration without any. */
    ListenerConfig onlyOne() {
        Set<SocksVersion> protocols = EnumSet.allOf(SocksVersion.class);
        claim(DEFAULT_HOST, DEFAULT_PORT, "listeners[0].port");
        List<String> methods = defaultMethods();
        return new ListenerConfig(
                DEFAULT_NAME, DEFAULT_HOST, DEFAULT_PORT, protocols, methods, pluggedAmong(methods), null, false);
    }

    private List<PluginMethod> pluggedAmong(List<String> methods) {
        return plugged.stream().filter(each -> methods.contains(each.name())).toList();
    }

    private List<String> defaultMethods() {
        List<String> methods = new ArrayList<>();
        if (has(AuthenticatorConfig.Identd.class)) {
            methods.add(ListenerConfig.IDENTD);
        }
        if (has(GssapiConfig.class)) {
            methods.add(ListenerConfig.GSSAPI);
        }
        plugged.forEach(each -> methods.add(each.name()));
        if (anyoneCanLogIn()) {
            methods.add(ListenerConfig.USERPASS);
        }
        return methods.isEmpty() ? List.of(ListenerConfig.NONE) : methods;
    }

    private boolean has(Class<? extends AuthenticatorConfig> type) {
        return auth != null && auth.authenticators(type).findAny().isPresent();
    }

    private boolean anyoneCanLogIn() {
        return auth == null || auth.checksPasswords();
    }
}
