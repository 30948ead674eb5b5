package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged gateway with everything on: quotas of every kind, logins with bans, an access log, and an admin endpoint. Who logs in is metered;
 * who does not is counted only, so that tunnels of both kinds of path are there.
 *
 * @param folder for its configuration
 * @param options more options for its JVM
 */
public record SoakedGateway(Path folder, String options) implements ServerKind {

    /** Sessions that a group may have at one time. */
    public static final int GROUP_SESSIONS = 60;

    /** The token of its admin endpoint. */
    public static final String TOKEN = "soak-token-52f1c08b";

    /** A user like others. */
    public static final String EVERYDAY = "everyday";

    /** A user who takes what there is. */
    public static final String GREEDY = "greedy";

    /** A user whose sessions are ended. */
    public static final String VICTIM = "victim";

    private static final String NAME = "soaked";
    private static final String FILE = NAME + ".json";
    private static final double SECONDS_TO_START = 60;
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);
    /** A loop that is blocked for less than five seconds may only have been kept from running by the machine. */
    private static final Pattern TROUBLE =
            Pattern.compile("LEAK|has been blocked for (\\d{5,}|[5-9]\\d{3}) ms|^\\s+at [\\w.$/]+\\(|\\bERROR\\b");

    private static final Pattern ADMIN = Pattern.compile(" admin on (http://\\S+)");

    private static final PackagedGateway PACKAGED = new PackagedGateway(NAME, "", "");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "the packaged gateway with everything on";
    }

    @Override
    public Optional<String> missing() {
        return PACKAGED.missing();
    }

    @Override
    public List<String> preparation() {
        return PACKAGED.preparation();
    }

    @Override
    public List<String> command(Setting setting) throws IOException {
        String text = configuration(setting.port(), setting.loginPort());
        boolean unused = Files.deleteIfExists(folder.resolve(NAME + ".log")); // of a run before
        return List.of(
                PackagedGateway.script().toAbsolutePath().toString(), "run", "--config", setting.write(FILE, text));
    }

    private String configuration(int port, int loginPort) {
        return """
                { "listeners": [ { "name": "open", "host": "%1$s", "port": %2$d, "auth": ["none"] },
                                 { "name": "login", "host": "%1$s", "port": %3$d, "auth": ["userpass"] } ],
                  "auth": { "users": [ { "name": "%4$s", "password": "%6$s", "groups": ["staff"] },
                                       { "name": "%5$s", "password": "%6$s", "groups": ["guests"] },
                                       { "name": "%9$s", "password": "%6$s", "groups": ["victims"] } ],
                            "backoff": { "failures": 10, "within": "1m", "ban": "5s", "maxBan": "20s" } },
                  "quotas": [ { "name": "of-group", "key": "group", "scope": "node", "sessions": %7$d, "sessionsPerSecond": 100000,
                                "traffic": { "limit": "900TB", "per": "hour" }, "bandwidth": { "up": "4Gbit/s", "down": "4Gbit/s" } },
                              { "name": "of-client", "key": "client", "scope": "node", "sessions": 40000, "sessionsPerSecond": 100000 },
                              { "name": "of-listener", "key": "listener", "scope": "node", "sessions": 40000 },
                              { "name": "of-user", "key": "user", "scope": "node", "sessions": 40000 } ],
                  "rules": [ { "id": "closed", "action": "deny", "to": ["127.0.0.0/8"], "ports": ["9"] },
                             { "id": "loopback", "action": "allow", "to": ["127.0.0.0/8"] } ],
                  "timeouts": { "handshake": "5s", "bind": "5s", "halfClosed": "5s", "drain": "0s" },
                  "udp": { "idleTimeout": "5s" },
                  "admin": { "port": 0, "token": "%8$s" },
                  "log": { "access": { "path": "/dev/null" } } }
                """.formatted(
                Setting.HOST, port, loginPort, EVERYDAY, GREEDY, PackagedGateway.HASH, GROUP_SESSIONS, TOKEN, VICTIM);
    }

    @Override
    public Map<String, String> environment() {
        return new PackagedGateway(NAME, "", options).environment();
    }

    /** Waits until its admin endpoint is there; its listeners may be there before. */
    public String admin() throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < SECONDS_TO_START * 1e9) {
            Matcher line = ADMIN.matcher(log());
            if (line.find()) {
                return line.group(1);
            }
            LockSupport.parkNanos(LOOK);
        }
        throw new IOException("the log of the gateway names no admin endpoint");
    }

    /** What its log says that it should not: of leaks, of what blocks, and of exceptions that nobody expected. */
    public List<String> trouble() throws IOException {
        return log().lines()
                .filter(line -> TROUBLE.matcher(line).find())
                .filter(line -> !line.contains("Reloads reload: "))
                .toList();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve(NAME + ".log"));
    }

    /** What its configuration is. */
    public String configuration() throws IOException {
        return Files.readString(folder.resolve(FILE));
    }

    /** Changes the configuration, to be read at its next reload. */
    public void configure(String text) throws IOException {
        Path next = Files.writeString(folder.resolve(FILE + ".next"), text);
        Path unused = Files.move(
                next, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
