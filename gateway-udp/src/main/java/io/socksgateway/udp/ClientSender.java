package io.socksgateway.udp;

import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who may send to a relay socket: the address of the client's connection, and one port of it. That is the one stated in
 * the request, or else that of the first valid datagram. A stated address is not looked at: what counts is where the
 * client's connection comes from.
 *
 * <p>Confined to its event loop.
 */
final class ClientSender {

    private final InetAddress address;
    private @Nullable InetSocketAddress pinned;

    /**
     * @param statedPort DST.PORT of the request; 0 if the client does not know it yet
     */
    ClientSender(InetAddress address, int statedPort) {
        this.address = address;
        this.pinned = statedPort == 0 ? null : new InetSocketAddress(address, statedPort);
    }

    boolean admits(InetSocketAddress sender) {
        return (pinned == null || pinned.getPort() == sender.getPort()) && isSame(sender.getAddress());
    }

    /** Takes the sender of a valid datagram for the client, if none is known yet. */
    void pin(InetSocketAddress sender) {
        if (pinned == null) {
            pinned = sender;
        }
    }

    /** Where answers go to; null as long as the client's port is not known. */
    @Nullable
    InetSocketAddress pinned() {
        return pinned;
    }

    /** An IPv4 address is the same in its mapped form. */
    private boolean isSame(InetAddress sender) {
        return address.equals(sender)
                || (Addresses.low(address) == Addresses.low(sender)
                        && Addresses.high(address) == Addresses.high(sender));
    }
}
