package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway, as its distribution starts it.
 *
 * @param name what it is called in the results
 * @param relayPath how it moves bytes, or empty for what it chooses itself
 * @param options more options for its JVM
 */
public record PackagedGateway(String name, String relayPath, String options) implements ServerKind {

    /** The user of the configuration. */
    public static final String USER = "bench";

    /** This user's password; the configuration has its hash. */
    public static final String PASSWORD = "correct horse";

    /** The system property that sets how the gateway moves bytes: auto, splice, copy or netty. */
    private static final String RELAY_PATH = "io.socksgateway.relay.path";

    /** The variable whose value the start script gives to the JVM. */
    public static final String OPTIONS = "SOCKS_GATEWAY_OPTS";

    static final String HASH = "{argon2id}$argon2id$v=19$m=19456,t=2,p=1"
            + "$jQrvfNwSajIFSE7VM1yRcg$gAyIvOoXfTM8I1OjPMXNbDksXxsK+nHo9aetE94SlDM";

    @Override
    public String description() {
        return "the packaged gateway" + (relayPath.isEmpty() ? "" : ", relay path " + relayPath);
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(script()) ? Optional.empty() : Optional.of("nothing is built: no " + script());
    }

    static Path script() {
        return Path.of(System.getProperty("bench.distribution", "target/dist/socks-gateway"), "bin", "socks-gateway");
    }

    @Override
    public boolean relaysDatagrams() {
        return true;
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public boolean isVariant() {
        return !relayPath.isEmpty();
    }

    @Override
    public boolean asksForLogin() {
        return true;
    }

    /** Otherwise its class archive would be made beside what is measured. */
    @Override
    public List<String> preparation() {
        return List.of(script().toAbsolutePath().toString(), "archive");
    }

    /** Targets are on the loopback address, which only a rule opens. */
    @Override
    public List<String> command(Setting setting) throws IOException {
        String file = setting.write(
                name + ".json", """
                { "listeners": [ { "name": "open", "host": "%1$s", "port": %2$d, "auth": ["none"] },
                                 { "name": "login", "host": "%1$s", "port": %3$d, "auth": ["userpass"] } ],
                  "auth": { "users": [ { "name": "%4$s", "password": "%5$s" } ] },
                  "quotas": [ { "name": "sessions", "key": "user", "scope": "node", "sessions": 10000 } ],
                  "rules": [ { "action": "allow", "to": ["127.0.0.0/8"] } ],
                  "timeouts": { "drain": "1s" },
                  "log": { "access": { "path": "/dev/null" } } }
                """.formatted(Setting.HOST, setting.port(), setting.loginPort(), USER, HASH));
        return run(file);
    }

    /** The command line for this configuration. */
    static List<String> run(String file) {
        return List.of(script().toAbsolutePath().toString(), "run", "--config", file);
    }

    @Override
    public Map<String, String> environment() {
        String path = relayPath.isEmpty() ? "" : "-D" + RELAY_PATH + "=" + relayPath;
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                OPTIONS,
                (System.getenv().getOrDefault(OPTIONS, "") + " " + options + " " + path).strip());
    }

    @Override
    public List<String> versionCommand() {
        return List.of(script().toAbsolutePath().toString(), "version");
    }
}
