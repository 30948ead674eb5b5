package io.socksgateway.auth;

import io.netty.channel.ConnectTimeoutException;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.bus.IdentRequest;
import io.socksgateway.core.session.Identity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks clients' identds (RFC 1413) who has opened a connection to us. An identd answers for the two addresses that it sees,
 * so we connect from the address that the client has connected to.
 *
 * <p>Confined to its event loop.
 */
final class IdentdClient {

    private final Vertx vertx;
    private final int port;
    private final long timeout;
    private final Function<String, Set<String>> groupsOf;
    /** One for each address of ours that clients reach. */
    private final Map<String, NetClient> clients = new HashMap<>();

    /**
     * @param port of the identds
     * @param timeout milliseconds for the whole exchange
     * @param groupsOf the groups of a user, by name
     */
    IdentdClient(Vertx vertx, int port, long timeout, Function<String, Set<String>> groupsOf) {
        this.vertx = vertx;
        this.port = port;
        this.timeout = timeout;
        this.groupsOf = groupsOf;
    }

    /** Never fails: whatever goes wrong means that the user is not confirmed. */
    Future<IdentOutcome> identify(IdentRequest request) {
        long deadline = System.nanoTime() + timeout * 1_000_000;
        return from(Addresses.format(request.gateway().getAddress()))
                .connect(port, Addresses.format(request.client().getAddress()))
                .compose(socket -> ask(socket, request, (deadline - System.nanoTime()) / 1_000_000))
                .otherwise(cause -> new IdentOutcome.Unavailable(inWords(cause)));
    }

    private String inWords(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return "no connection to port " + port + " in " + timeout + " ms";
        }
        return cause instanceof ConnectException ? "nobody listens on port " + port : "no connection to port " + port;
    }

    private NetClient from(String localAddress) {
        return clients.computeIfAbsent(
                localAddress,
                address -> vertx.createNetClient(
                        new NetClientOptions().setLocalAddress(address).setConnectTimeout((int) timeout)));
    }

    private Future<IdentOutcome> ask(NetSocket socket, IdentRequest request, long millisLeft) {
        int clientPort = request.client().getPort();
        int gatewayPort = request.gateway().getPort();
        Promise<IdentOutcome> outcome = Promise.promise();
        Buffer received = Buffer.buffer();
        long timer = vertx.setTimer(Math.max(1, millisLeft), t -> socket.close());
        socket.exceptionHandler(broken -> socket.close());
        socket.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            outcome.tryComplete(new IdentOutcome.Unavailable("no answer from the identd"));
        });
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            int end = endOfLine(received);
            if (end >= 0) {
                byte[] line = received.getBytes(0, end);
                outcome.tryComplete(judge(IdentReply.parse(line, clientPort, gatewayPort), request));
                socket.close();
            } else if (received.length() > IdentReply.MAX_LINE) {
                outcome.tryComplete(new IdentOutcome.Unavailable("an answer that is too long"));
                socket.close();
            }
        });
        socket.write(IdentReply.query(clientPort, gatewayPort));
        return outcome.future();
    }

    /** Up to the line feed; some identds send no carriage return. */
    private static int endOfLine(Buffer received) {
        int limit = Math.min(received.length(), IdentReply.MAX_LINE + 2);
        for (int i = 0; i < limit; i++) {
            if (received.getByte(i) == '\n') {
                return i > 0 && received.getByte(i - 1) == '\r' ? i - 1 : i;
            }
        }
        return -1;
    }

    private IdentOutcome judge(IdentReply reply, IdentRequest request) {
        if (reply.user().isEmpty()) {
            return new IdentOutcome.Unavailable(reply.detail());
        }
        String user = reply.user().get();
        return user.equals(request.userId())
                ? new IdentOutcome.Confirmed(new Identity(user, groupsOf.apply(user)))
                : new IdentOutcome.Mismatch();
    }
}
