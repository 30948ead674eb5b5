package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** HAProxy as a plain relay: what moving bytes costs at least, with and without copying them. */
record Haproxy(boolean splices) implements ServerKind {

    private static final String PROGRAM = "haproxy";

    @Override
    public String name() {
        return splices ? "haproxy-splice" : "haproxy-copy";
    }

    @Override
    public String description() {
        return "HAProxy, a relay without a handshake; 2 threads, "
                + (splices ? "splices always, pipes of 1 MiB" : "copies, buffers of 64 KiB");
    }

    @Override
    public Optional<String> missing() {
        return Executables.find(PROGRAM).isPresent() ? Optional.empty() : Optional.of(PROGRAM + " is not installed");
    }

    @Override
    public boolean speaksSocks() {
        return false;
    }

    @Override
    public List<String> command(Setting setting) throws IOException {
        String file = setting.write(name() + ".cfg", """
                global
                  nbthread 2
                  maxconn 7000
                  %s
                defaults
                  mode tcp
                  timeout connect 10s
                  timeout client 300s
                  timeout server 300s
                  %s
                listen relay
                  bind %s:%d backlog 4096
                  server target %s:%d
                """.formatted(
                        splices ? "tune.pipesize 1048576" : "nosplice\n  tune.bufsize 65536",
                        splices ? "option splice-request\n  option splice-response" : "",
                        Setting.HOST,
                        setting.port(),
                        Setting.HOST,
                        setting.target().getPort()));
        return List.of(Executables.find(PROGRAM).orElseThrow().toString(), "-db", "-q", "-f", file);
    }

    @Override
    public List<String> versionCommand() {
        return List.of(Executables.find(PROGRAM).orElseThrow().toString(), "-v");
    }
}
