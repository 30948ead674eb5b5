package io.socksgateway.core.address;

/** Which addresses of a name are used, and which of them first. */
public enum AddressFamily {
    /** Both; IPv6 first where the machine has a route to all of it, otherwise IPv4. */
    ANY("any"),
    IPV4("ipv4"),
    IPV6("ipv6"),
    PREFER_IPV4("preferIpv4"),
    PREFER_IPV6("preferIpv6");

    private final String text;

    AddressFamily(String text) {
        this.text = text;
    }

    /** The name in configurations. */
    @Override
    public String toString() {
        return text;
    }
}
