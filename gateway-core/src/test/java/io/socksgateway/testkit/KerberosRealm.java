package io.socksgateway.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.KdcConfigKey;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/**
 * A Kerberos realm in this process: one for all tests, as Java looks for its KDC only once. It ends with the process.
 */
public final class KerberosRealm {

    public static final String NAME = "TEST.EXAMPLE";
    /** A service, with its key in {@link #keytab}. */
    public static final String SERVICE = "rcmd/localhost@" + NAME;
    /** Another one. */
    public static final String OTHER_SERVICE = "http/localhost@" + NAME;

    private static final List<String> CLIENTS = List.of("alice", "bob", "host/web.example.com");
    private static final String AES = "aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96";

    private final Path folder;
    private final int port;

    private KerberosRealm(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    private static final class Shared {
        static final KerberosRealm REALM = start();

        private Shared() {}
    }

    /** The realm, started when it is first asked for. */
    public static KerberosRealm shared() {
        return Shared.REALM;
    }

    private static KerberosRealm start() {
        try {
            Path folder = Files.createTempDirectory("kerberos-realm");
            int port = FreePorts.take(1).get(0);
            SimpleKdcServer kdc = new SimpleKdcServer();
            kdc.setKdcRealm(NAME);
            kdc.setKdcHost("127.0.0.1");
            kdc.setAllowUdp(false);
            kdc.setKdcTcpPort(port);
            kdc.setWorkDir(folder.toFile());
            kdc.getKdcConfig().setString(KdcConfigKey.ENCRYPTION_TYPES, AES);
            kdc.init();
            kdc.start();
            KerberosRealm realm = new KerberosRealm(folder, port);
            for (String client : CLIENTS) {
                realm.export(kdc, client + "@" + NAME, realm.clientKeytab(client));
            }
            realm.export(kdc, SERVICE, realm.keytab());
            realm.export(kdc, OTHER_SERVICE, realm.otherKeytab());
            System.setProperty("java.security.krb5.conf", realm.configuration().toString());
            Runtime.getRuntime().addShutdownHook(new Thread(realm::delete));
            return realm;
        } catch (KrbException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void export(SimpleKdcServer kdc, String principal, Path keytab) throws KrbException {
        kdc.createPrincipals(principal);
        kdc.exportPrincipal(principal, keytab.toFile());
    }

    private Path clientKeytab(String client) {
        return folder.resolve(client.replace('/', '-') + ".keytab");
    }

    /** The key of {@link #SERVICE}. */
    public Path keytab() {
        return folder.resolve("service.keytab");
    }

    /** The key of {@link #OTHER_SERVICE}. */
    public Path otherKeytab() {
        return folder.resolve("other.keytab");
    }

    /** What other programs need to find the realm: {@code KRB5_CONFIG}. */
    public Path configuration() throws IOException {
        Path file = folder.resolve("clients.conf");
        if (!Files.exists(file)) {
            Files.writeString(file, """
                    [libdefaults]
                      default_realm = %1$s
                      udp_preference_limit = 1
                      dns_lookup_kdc = false
                      dns_lookup_realm = false
                      dns_canonicalize_hostname = false
                      rdns = false
                    [realms]
                      %1$s = {
                        kdc = 127.0.0.1:%2$d
                      }
                    [domain_realm]
                      localhost = %1$s
                      .localhost = %1$s
                    """.formatted(NAME, port));
        }
        return file;
    }

    /**
     * Logs a client in.
     *
     * @param client one of alice, bob, host/web.example.com
     */
    public Subject login(String client) throws LoginException {
        Map<String, String> options = Map.of(
                "useKeyTab", "true",
                "keyTab", clientKeytab(client).toString(),
                "principal", client + "@" + NAME,
                "doNotPrompt", "true",
                "refreshKrb5Config", "true");
        LoginContext login = new LoginContext("client", new Subject(), null, new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule",
                            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                            options)
                };
            }
        });
        login.login();
        return login.getSubject();
    }

    /** The keytab of a client, for other programs. */
    public Path keytabOf(String client) {
        return clientKeytab(client);
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            return; // it is in the folder for temporary files
        }
    }
}
