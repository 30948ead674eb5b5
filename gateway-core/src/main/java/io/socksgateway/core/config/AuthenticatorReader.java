package io.socksgateway.core.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the entries of {@code auth.authenticators}. A further type is a further case of {@link #read}. */
final class AuthenticatorReader {

    private static final Choice<String> TYPE = Choice.of("file", "sql", "ldap", "http", "verticle", "identd", "gssapi");

    private static final Kind<Integer> PORT = new WholeNumber(1, 65_535);

    private final Kind<Path> file;
    private final Uniqueness names;
    private final VerticleReader verticles;
    private final SqlReader sql;
    private final LdapReader ldap;
    private final HookReader hook;
    private final GssapiReader gssapi;
    private boolean hasIdentd;

    /**
     * @param secret kind of the secrets that the gateway itself has to show to somebody
     */
    AuthenticatorReader(Findings findings, Path folder, Kind<Secret> secret) {
        this.file = new PathText(folder, true);
        this.names = new Uniqueness(findings, "authenticator");
        this.verticles = new VerticleReader(findings, folder);
        this.sql = new SqlReader(secret, VerticleReader.plugins(folder));
        this.ldap = new LdapReader(new CertificatesFile(folder), secret);
        this.hook = new HookReader(new CertificatesFile(folder), secret);
        this.gssapi = new GssapiReader(findings, file);
    }

    @Nullable
    AuthenticatorConfig read(Section section) {
        String given = section.optional("name", NameText.NAME);
        String name = given == null ? "authenticator-" + section.position() : given;
        names.claim(name, section.path("name"));
        String type = section.required("type", TYPE);
        if (type == null) {
            section.ignoreOthers();
            return null;
        }
        return switch (type) {
            case "sql" -> sql.read(name, section);
            case "ldap" -> ldap.read(name, section);
            case "http" -> hook.read(name, section);
            case "identd" -> identd(name, section);
            case "gssapi" -> gssapi.read(name, section);
            case "verticle" -> verticles.read(name, section);
            default -> userFile(name, section);
        };
    }

    /** The methods of plug-ins that were read so far, also of those that are wrong otherwise. */
    List<PluginMethod> methods() {
        return verticles.methods();
    }

    private AuthenticatorConfig.@Nullable UserFile userFile(String name, Section section) {
        Path path = section.required("path", file);
        return path == null ? null : new AuthenticatorConfig.UserFile(name, path);
    }

    private AuthenticatorConfig identd(String name, Section section) {
        if (hasIdentd) {
            section.fail("type", "a second identd", "expected: at most one authenticator of this type");
        }
        hasIdentd = true;
        return new AuthenticatorConfig.Identd(
                name, section.value("port", AuthenticatorConfig.Identd.DEFAULT_PORT, PORT));
    }
}
