package io.socksgateway.cluster;

import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The ways between members on loopback, which can be cut: each member binds an address of its own, 127.0.0.1 and so on, and
 * the others reach it through a port here, which knows them by the addresses that they come from.
 *
 * <p>Thread-safe.
 */
final class Crossings {

    private static final int NOBODY = -1;

    private final Vertx vertx;
    private final NetClient client;
    private final List<NetServer> servers = new ArrayList<>();
    private final Queue<Link> links = new ConcurrentLinkedQueue<>();
    private volatile int severed = NOBODY;

    private record Link(int from, int to, NetSocket in, NetSocket out) {
        boolean touches(int member) {
            return from == member || to == member;
        }

        void close() {
            var unused = Future.join(in.close(), out.close());
        }
    }

    /**
     * @param ports where each member listens
     */
    Crossings(Vertx vertx, List<Integer> ports) throws Exception {
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        for (int i = 0; i < ports.size(); i++) {
            int member = i;
            servers.add(Await.result(vertx.createNetServer()
                    .connectHandler(socket -> cross(socket, member, ports.get(member)))
                    .listen(0, host(member))));
        }
    }

    static String host(int member) {
        return "127.0.0." + (member + 1);
    }

    /** Where the others reach a member: host and port. */
    String address(int member) {
        return host(member) + ":" + servers.get(member).actualPort();
    }

    private void cross(NetSocket in, int to, int port) {
        String host = in.remoteAddress().hostAddress();
        int from = Integer.parseInt(host.substring(host.lastIndexOf('.') + 1)) - 1;
        if (isCut(from, to)) {
            var unused = in.close();
            return;
        }
        in.pause();
        var unused = client.connect(port, host(to)).onComplete(connected -> {
            if (connected.failed()) {
                var unusedToo = in.close();
                return;
            }
            Link link = new Link(from, to, in, connected.result());
            links.add(link);
            var unusedThere = in.pipeTo(link.out).onComplete(ended -> links.remove(link));
            var unusedBack = link.out.pipeTo(in);
            if (isCut(from, to)) { // meanwhile
                link.close();
            }
        });
    }

    private boolean isCut(int from, int to) {
        return from == severed || to == severed;
    }

    /** Nothing goes to or from this member any more. */
    void sever(int member) {
        severed = member;
        links.stream().filter(link -> link.touches(member)).forEach(Link::close);
    }

    void heal() {
        severed = NOBODY;
    }

    void close() throws Exception {
        Await.result(vertx.close());
    }
}
