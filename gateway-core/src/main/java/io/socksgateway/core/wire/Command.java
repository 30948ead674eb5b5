package io.socksgateway.core.wire;

import java.util.Optional;

/** What a request asks for: CMD of RFC 1928 section 4, CD of SOCKS4. */
public enum Command {
    CONNECT(1, "connect"),
    BIND(2, "bind"),
    /** UDP ASSOCIATE, SOCKS5 only. */
    UDP(3, "udp");

    private final int code;
    private final String text;

    Command(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** The command of a code, or nothing if no RFC defines it for this dialect. */
    public static Optional<Command> of(SocksVersion version, int code) {
        return switch (code) {
            case 1 -> Optional.of(CONNECT);
            case 2 -> Optional.of(BIND);
            case 3 -> version == SocksVersion.SOCKS5 ? Optional.of(UDP) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The name in configurations and logs. */
    @Override
    public String toString() {
        return text;
    }
}
