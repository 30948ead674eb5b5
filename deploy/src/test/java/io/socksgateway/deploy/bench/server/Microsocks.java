package io.socksgateway.deploy.bench.server;

import java.util.List;
import java.util.Optional;

/** Microsocks: a thread for each tunnel. */
record Microsocks() implements ServerKind {

    private static final String PROGRAM = "microsocks";

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public String description() {
        return "microsocks, defaults";
    }

    @Override
    public Optional<String> missing() {
        return Executables.find(PROGRAM).isPresent() ? Optional.empty() : Optional.of(PROGRAM + " is not installed");
    }

    @Override
    public List<String> command(Setting setting) {
        return List.of(
                Executables.find(PROGRAM).orElseThrow().toString(),
                "-i",
                Setting.HOST,
                "-p",
                Integer.toString(setting.port()));
    }
}
