package io.socksgateway.core.wire;

/**
 * The outcome of a request: REP of RFC 1928 section 6, and its SOCKS4 counterpart.
 *
 * <pre>
 * SOCKS5                                   SOCKS4
 * 00 succeeded                             5A (90)
 * 01 general failure .. 08 address type    5B (91)
 * -                                        5C (92) no identd, 5D (93) identd names another user
 * </pre>
 */
public enum Reply {
    SUCCEEDED(0, 0x5A),
    GENERAL_FAILURE(1, 0x5B),
    NOT_ALLOWED(2, 0x5B),
    NETWORK_UNREACHABLE(3, 0x5B),
    HOST_UNREACHABLE(4, 0x5B),
    CONNECTION_REFUSED(5, 0x5B),
    TTL_EXPIRED(6, 0x5B),
    COMMAND_NOT_SUPPORTED(7, 0x5B),
    ADDRESS_TYPE_NOT_SUPPORTED(8, 0x5B),
    /** SOCKS4 only; SOCKS5 says "not allowed". */
    IDENTD_UNREACHABLE(2, 0x5C),
    /** SOCKS4 only; SOCKS5 says "not allowed". */
    IDENTD_MISMATCH(2, 0x5D);

    private final int socks5;
    private final int socks4;

    Reply(int socks5, int socks4) {
        this.socks5 = socks5;
        this.socks4 = socks4;
    }

    /** The octet that goes over the wire in this dialect. */
    public int code(SocksVersion version) {
        return version == SocksVersion.SOCKS5 ? socks5 : socks4;
    }
}
