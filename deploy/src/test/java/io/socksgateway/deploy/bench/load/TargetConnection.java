package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connection to the {@link Target}. It ends when the client, or the server in between, ends it.
 *
 * <p>Confined to the target's loop.
 */
final class TargetConnection {

    /** What the client has asked for. */
    private enum Service {
        NONE,
        ECHO,
        SOURCE,
        SINK
    }

    private static final EpollIoOps BOTH = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT);

    private final LoadLoop loop;
    private final Target target;
    private LoopSocket socket;
    private Service service = Service.NONE;
    private final byte[] greeting = new byte[Greeting.NUMBERED];
    private int greeted;
    private Transfer transfer;
    private final PatternReader reader;
    private long sent;

    private TargetConnection(LoadLoop loop, Target target) {
        this.loop = loop;
        this.target = target;
        this.reader = new PatternReader(loop);
    }

    static void serve(LoadLoop loop, Target target, int descriptor) throws IOException {
        TargetConnection connection = new TargetConnection(loop, target);
        connection.socket = LoopSocket.accepted(loop, descriptor, connection::ready);
        connection.socket.watch(EpollIoOps.EPOLLIN);
    }

    private void ready(EpollIoOps events) {
        try {
            if (!socket.isOpen()) {
                return;
            }
            if (service == Service.SOURCE && events.contains(EpollIoOps.EPOLLOUT)) {
                send();
            }
            if (events.contains(EpollIoOps.EPOLLIN) || !events.contains(EpollIoOps.EPOLLOUT)) {
                receive();
            }
        } catch (CorruptedException e) {
            transfer.corrupted();
            socket.close();
        } catch (IOException e) {
            socket.close();
        }
    }

    private void receive() throws IOException {
        if (service == Service.SINK) {
            if (!reader.read(socket)) {
                socket.close();
            }
            transfer.octets(reader.octets());
            return;
        }
        NativeOctets scratch = loop.scratch();
        int count = socket.receive(scratch);
        if (count < 0) {
            socket.close();
        } else if (count > 0) {
            take(scratch, 0, count);
        }
    }

    private void take(NativeOctets scratch, int start, int end) throws IOException {
        switch (service) {
            case NONE -> greet(scratch, start, end);
            case ECHO -> echo(scratch, start, end);
            case SINK -> sink(scratch, start, end);
            case SOURCE -> {
                socket.watch(EpollIoOps.EPOLLIN);
                transfer.ended();
            }
        }
    }

    private void greet(NativeOctets scratch, int start, int end) throws IOException {
        int index = start;
        while (index < end && service == Service.NONE) {
            greeting[greeted++] = scratch.buffer().get(index++);
            understand();
        }
        if (index < end) {
            take(scratch, index, end);
        }
    }

    private void understand() throws IOException {
        if (greeting[0] == Greeting.ECHO) {
            service = Service.ECHO;
            socket.noDelay();
        } else if (greeting[0] != Greeting.SOURCE && greeting[0] != Greeting.SINK) {
            throw new IOException("unknown greeting: " + greeting[0]);
        } else if (greeted == Greeting.NUMBERED) {
            transfer = target.take(ByteBuffer.wrap(greeting).getInt(1));
            service = greeting[0] == Greeting.SOURCE ? Service.SOURCE : Service.SINK;
            if (service == Service.SOURCE) {
                socket.watch(BOTH);
            }
        }
    }

    private void echo(NativeOctets scratch, int start, int end) throws IOException {
        if (socket.send(scratch, start, end) != end - start) {
            throw new IOException("more than an echo is for");
        }
    }

    /** What came with the greeting. */
    private void sink(NativeOctets scratch, int start, int end) throws IOException {
        reader.check(scratch, start, end - start);
        transfer.octets(reader.octets());
    }

    private void send() throws IOException {
        int index = Pattern.index(sent);
        sent += socket.send(Pattern.octets(), index, index + Pattern.MAX_PART);
        transfer.octets(sent);
    }
}
