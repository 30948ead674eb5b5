package io.socksgateway.core.session;

/** What a listener wants of SOCKS4 clients, whose protocol has no password. */
public enum Socks4Login {
    /** They come in as nobody; USERID is not believed. */
    ANONYMOUS,
    /** Their identd (RFC 1413) must confirm USERID. */
    IDENTD,
    /** They cannot come in. */
    IMPOSSIBLE
}
