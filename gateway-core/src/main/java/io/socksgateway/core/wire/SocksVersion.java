package io.socksgateway.core.wire;

/** The dialects a listener can speak. */
public enum SocksVersion {
    /** RFC 1928. */
    SOCKS5("socks5"),
    /** SOCKS4 with a name instead of an address. */
    SOCKS4A("socks4a"),
    SOCKS4("socks4");

    private final String text;

    SocksVersion(String text) {
        this.text = text;
    }

    /** The name in configurations and logs. */
    @Override
    public String toString() {
        return text;
    }
}
