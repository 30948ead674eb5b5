package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Dante: a process for every few tunnels. */
record Dante() implements ServerKind {

    private static final String PROGRAM = "danted";

    @Override
    public String name() {
        return "dante";
    }

    @Override
    public String description() {
        return "Dante, one server, no logging, no authentication";
    }

    @Override
    public Optional<String> missing() {
        return Executables.find(PROGRAM).isPresent()
                ? Optional.empty()
                : Optional.of(PROGRAM + " (dante-server) is not installed");
    }

    @Override
    public boolean relaysDatagrams() {
        return true;
    }

    @Override
    public List<String> command(Setting setting) throws IOException {
        String file = setting.write("danted.conf", """
                errorlog: %s
                internal: %s port = %d
                external: %s
                clientmethod: none
                socksmethod: none
                client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
                socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
                """.formatted(
                        setting.folder().resolve("danted.log"), Setting.HOST, setting.port(), Setting.HOST));
        return List.of(
                Executables.find(PROGRAM).orElseThrow().toString(),
                "-N",
                "1",
                "-f",
                file,
                "-p",
                setting.folder().resolve("danted.pid").toString());
    }

    @Override
    public List<String> versionCommand() {
        return List.of(Executables.find(PROGRAM).orElseThrow().toString(), "-v");
    }
}
