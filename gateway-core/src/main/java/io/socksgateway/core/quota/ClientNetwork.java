package io.socksgateway.core.quota;

import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.util.Arrays;

/** Which addresses are one client: an IPv4 address is one, of IPv6 the /64, all of which one customer has for itself. */
public final class ClientNetwork {

    private static final int CUSTOMER = 64;

    private ClientNetwork() {}

    /** The client as text: {@code 192.0.2.7}, also for an IPv4-mapped address, or {@code 2001:db8:1:2::/64}. */
    public static String of(InetAddress address) {
        return isV6(address) ? of(address, CUSTOMER) : Addresses.format(plain(address));
    }

    /**
     * The network that an address is in.
     *
     * @param prefix bits, whole octets
     */
    static String of(InetAddress address, int prefix) {
        byte[] octets = plain(address).getAddress();
        Arrays.fill(octets, prefix / 8, octets.length, (byte) 0);
        return Addresses.format(Addresses.of(octets)) + "/" + prefix;
    }

    static boolean isV6(InetAddress address) {
        return plain(address).getAddress().length == 16;
    }

    /** An IPv4-mapped address as IPv4. */
    private static InetAddress plain(InetAddress address) {
        return Addresses.of(address.getAddress());
    }
}
