package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A connection through a server: made, negotiated, then handed to its user.
 *
 * <p>Confined to its loop.
 */
final class Tunnel {

    /** What is to be done with the connection. */
    interface User {

        /** The server has agreed; events go to {@link #ready} from now on. */
        void opened() throws IOException;

        void ready(EpollIoOps events) throws IOException;

        /** The tunnel is closed already. */
        void failed(Fault fault);
    }

    private static final EpollIoOps ONCE =
            EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT).with(EpollIoOps.EPOLLET);
    private static final int LONGEST_ANSWER = 262;
    private static final int CONNECTING = -1;

    private final LoadLoop loop;
    private final InetSocketAddress server;
    private final Negotiation negotiation;
    private final User user;
    private LoopSocket socket;
    private int question = CONNECTING;
    private byte[] answer = new byte[0];
    private int received;
    private boolean open;

    private Tunnel(LoadLoop loop, InetSocketAddress server, Negotiation negotiation, User user) {
        this.loop = loop;
        this.server = server;
        this.negotiation = negotiation;
        this.user = user;
    }

    /** Begins; how it goes the user is told, never before this has returned. */
    static Tunnel open(LoadLoop loop, InetSocketAddress server, Negotiation negotiation, User user) {
        Tunnel tunnel = new Tunnel(loop, server, negotiation, user);
        try {
            tunnel.socket = LoopSocket.connect(loop, server, tunnel::ready);
            tunnel.socket.watch(ONCE);
        } catch (IOException e) {
            loop.after(0, () -> user.failed(Fault.LOCAL));
        }
        return tunnel;
    }

    private void ready(EpollIoOps events) {
        if (!socket.isOpen()) {
            return;
        }
        try {
            if (open) {
                user.ready(events);
            } else if (question == CONNECTING) {
                connected();
            } else {
                answered();
            }
        } catch (IOException e) {
            fail(question == CONNECTING ? Fault.CONNECT : Fault.CLOSED);
        }
    }

    private void connected() throws IOException {
        if (!socket.finishConnect()) {
            return;
        }
        question = 0;
        ask();
    }

    private void ask() throws IOException {
        if (question == negotiation.length()) {
            open = true;
            user.opened();
        } else {
            sendAll(negotiation.question(question));
        }
    }

    private void answered() throws IOException {
        NativeOctets scratch = loop.scratch();
        int count = socket.receive(scratch);
        if (count < 0) {
            fail(Fault.CLOSED);
        } else if (count > 0) {
            keep(scratch, count);
            understand();
        }
    }

    private void keep(NativeOctets scratch, int count) throws IOException {
        if (received + count > LONGEST_ANSWER) {
            throw new IOException("more than an answer");
        }
        if (answer.length == 0) {
            answer = new byte[LONGEST_ANSWER];
        }
        scratch.buffer().get(0, answer, received, count);
        received += count;
    }

    private void understand() throws IOException {
        int length = negotiation.answerLength(question, answer, received);
        if (length == 0 || received < length) {
            return;
        }
        if (received > length || !negotiation.isYes(question, answer)) {
            fail(Fault.REFUSED);
            return;
        }
        received = 0;
        question++;
        ask();
    }

    /** Fails if the kernel does not take all at once: what is sent this way always fits into a socket. */
    void sendAll(NativeOctets octets) throws IOException {
        if (socket.send(octets, 0, octets.length()) != octets.length()) {
            throw new IOException("a small message did not fit");
        }
    }

    /** What the user reads and writes; closed by {@link #close} only. */
    LoopSocket socket() {
        return socket;
    }

    /** The address that the server has named. */
    InetSocketAddress bound() throws IOException {
        return Negotiation.bound(answer, server);
    }

    boolean isOpen() {
        return open && socket.isOpen();
    }

    void fail(Fault fault) {
        close();
        user.failed(fault);
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
