package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** V2Ray as a SOCKS server. */
record V2ray() implements ServerKind {

    private static final String PROGRAM = "v2ray";

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public String description() {
        return "V2Ray, socks inbound with UDP, freedom outbound, no logs";
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
        String file = setting.write("v2ray.json", """
                { "log": { "loglevel": "none" },
                  "inbounds": [ { "listen": "%1$s", "port": %2$d, "protocol": "socks",
                                  "settings": { "auth": "noauth", "udp": true, "ip": "%1$s" } } ],
                  "outbounds": [ { "protocol": "freedom" } ] }
                """.formatted(Setting.HOST, setting.port()));
        return List.of(Executables.find(PROGRAM).orElseThrow().toString(), "-config", file);
    }

    @Override
    public List<String> versionCommand() {
        return List.of(Executables.find(PROGRAM).orElseThrow().toString(), "-version");
    }
}
