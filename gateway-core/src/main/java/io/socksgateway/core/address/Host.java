package io.socksgateway.core.address;

import java.net.InetAddress;

/**
 * The place a client asks for: a name that is still to be resolved, or an address.
 *
 * <p>Immutable.
 */
public sealed interface Host permits Host.Name, Host.Address {

    /** The host of an address. */
    static Host of(InetAddress address) {
        return new Address(address);
    }

    /**
     * A name as the client sent it, but in its ASCII form; each character is in the range 0x21 to 0x7E. See {@link
     * HostNames}.
     */
    record Name(String value) implements Host {
        @Override
        public String toString() {
            return value;
        }
    }

    /** An IPv4 or IPv6 address. An IPv4-mapped IPv6 address does not occur: it is held as the IPv4 address. */
    record Address(InetAddress value) implements Host {
        @Override
        public String toString() {
            return Addresses.format(value);
        }
    }
}
