package io.socksgateway.core.relay.tunnel;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One end of an {@link EpollPath}: a socket and what epoll has told of it. Edge-triggered: each change is told once, so
 * it is remembered until a read or a write has found that it holds no more.
 *
 * <p>Writability is asked for only once a write has found no room, which most tunnels never see.
 *
 * <p>Confined to its event loop.
 */
final class EpollEnd implements EpollIoHandle {

    /** There is urgent data; Netty has no name for it. */
    private static final int EPOLLPRI = 0x2;

    private static final EpollIoOps READING = EpollIoOps.EPOLLIN
            .with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET)
            .with(EpollIoOps.valueOf(EPOLLPRI));
    private static final EpollIoOps READING_AND_WRITING = READING.with(EpollIoOps.EPOLLOUT);

    /** Both directions have ended; Netty has no name for it. */
    private static final int EPOLLHUP = 0x10;

    private static final int ERROR = EpollIoOps.EPOLLERR.value();
    private static final int FINISHED = EpollIoOps.EPOLLRDHUP.value() | EPOLLHUP | ERROR;
    private static final int READABLE = EpollIoOps.EPOLLIN.value() | EPOLLPRI | FINISHED;
    private static final int WRITABLE = EpollIoOps.EPOLLOUT.value() | EPOLLHUP | ERROR;

    private final EpollPath path;
    private final Tunnel.End end;
    private final Socket socket;
    private @Nullable IoRegistration registration;
    private boolean asksForRoom;
    private boolean readable;
    private boolean finished;
    private boolean urgent;
    private boolean writable = true;

    EpollEnd(EpollPath path, Tunnel.End end, UnixChannel channel) {
        this.path = path;
        this.end = end;
        this.socket = (Socket) channel.fd();
    }

    void register(IoEventLoop loop) {
        loop.register(this).addListener((io.netty.util.concurrent.Future<IoRegistration> registered) -> {
            try {
                registration = registered.getNow();
                ask(READING);
            } catch (IOException outOfMemory) {
                path.broken(end);
            }
        });
    }

    /** Gives up the registration; the descriptor is closed already, or about to be. */
    void cancel() {
        if (registration != null && registration.isValid()) {
            registration.cancel();
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    Tunnel.End end() {
        return end;
    }

    /** There may be something to read. */
    boolean isReadable() {
        return readable;
    }

    /** A write may find room. */
    boolean isWritable() {
        return writable;
    }

    /** The end of input is in the kernel, behind what is still to be read. */
    boolean isFinished() {
        return finished;
    }

    /** There was an urgent octet: every read ends in front of one, whatever is behind it, and splicing never gets past it. */
    boolean isUrgent() {
        return urgent;
    }

    /**
     * Reads into memory.
     *
     * @return octets read; 0 if there are none now, -1 if there will be none any more
     * @throws IOException if the connection is broken
     */
    int receive(long address, int size) throws IOException {
        int octets = socket.recvAddress(address, 0, size);
        if (octets <= 0 || (octets < size && !finished && !urgent)) {
            readable = false; // all was taken; what comes from now on is told
        }
        return octets;
    }

    /**
     * Writes from memory.
     *
     * @return octets written; fewer than asked for if there is no room for more now
     * @throws IOException if the connection is broken
     */
    int send(long address, int from, int to) throws IOException {
        int octets = Math.max(0, socket.sendAddress(address, from, to));
        if (octets < to - from) {
            full();
        }
        return octets;
    }

    /** A read has found nothing. */
    void drained() {
        readable = finished;
    }

    /** Has what there is to read told again, when others have had their turn. */
    void again() throws IOException {
        ask(asksForRoom ? READING_AND_WRITING : READING);
    }

    /** A write has found no room. */
    void full() throws IOException {
        writable = false;
        if (!asksForRoom) {
            asksForRoom = true;
            ask(READING_AND_WRITING);
        }
    }

    private void ask(EpollIoOps ops) throws IOException {
        try {
            if (registration == null) {
                throw new IOException("not registered");
            }
            registration.submit(ops);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Sends the FIN. */
    void finish() throws IOException {
        socket.shutdown(false, true);
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        int told = ((EpollIoEvent) event).ops().value();
        readable |= (told & READABLE) != 0;
        finished |= (told & FINISHED) != 0;
        urgent |= (told & EPOLLPRI) != 0;
        writable |= (told & WRITABLE) != 0;
        path.changed(this);
        if ((told & ERROR) != 0) {
            path.failed(this);
        }
    }

    /** Whether the connection has failed while nobody read from it; asking clears it. */
    boolean hasError() {
        try {
            return socket.getSoError() != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** The event loop ends. */
    @Override
    public void close() {
        path.broken(end);
    }
}
