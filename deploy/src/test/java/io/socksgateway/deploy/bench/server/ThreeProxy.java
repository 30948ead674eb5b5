package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** 3proxy as a SOCKS server: a thread for each tunnel. */
record ThreeProxy() implements ServerKind {

    private static final String PROGRAM = "3proxy";

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public String description() {
        return "3proxy, socks service, no logging, no authentication";
    }

    @Override
    public Optional<String> missing() {
        return Executables.find(PROGRAM).isPresent() ? Optional.empty() : Optional.of(PROGRAM + " is not installed");
    }

    @Override
    public boolean relaysDatagrams() {
        return true;
    }

    @Override
    public List<String> command(Setting setting) throws IOException {
        String file = setting.write("3proxy.cfg", """
                auth none
                maxconn 7000
                internal %1$s
                external %1$s
                socks -p%2$d
                """.formatted(Setting.HOST, setting.port()));
        return List.of(Executables.find(PROGRAM).orElseThrow().toString(), file);
    }
}
