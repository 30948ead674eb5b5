package io.socksgateway.core.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The addresses that the listeners are bound to, by name: so that the gateway knows what leads back to itself.
 *
 * <p>Thread-safe.
 */
public final class OwnListeners implements BiPredicate<InetAddress, Integer> {

    private volatile Map<String, InetSocketAddress> bound = Map.of();

    /** Notes a bound address; an unspecified one stands for every address of this machine. */
    public synchronized void add(String listener, InetSocketAddress address) {
        Map<String, InetSocketAddress> more = new HashMap<>(bound);
        more.put(listener, address);
        replace(more);
    }

    /** Notes these addresses in place of all others. */
    public synchronized void replace(Map<String, InetSocketAddress> addresses) {
        bound = Map.copyOf(addresses);
    }

    /** The listeners that are bound, with their real ports. */
    public Map<String, InetSocketAddress> bound() {
        return bound;
    }

    @Override
    public boolean test(InetAddress address, Integer port) {
        for (InetSocketAddress listener : bound.values()) {
            if (listener.getPort() == port && leadsTo(listener.getAddress(), address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsTo(InetAddress listener, InetAddress address) {
        return listener.equals(address) || (listener.isAnyLocalAddress() && isOfThisMachine(address));
    }

    /** Asked only for one of our own ports, so seldom. */
    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // when in doubt it is not dialled
        }
    }
}
