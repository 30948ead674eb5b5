package io.socksgateway.core.relay.tunnel;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The pipes of an event loop. A tunnel borrows one while octets are in it; some are kept for the next one.
 *
 * <p>Confined to its event loop.
 */
final class Pipes {

    private static final int KEPT = 16;

    private final int most;
    private final Deque<Pipe> kept = new ArrayDeque<>(KEPT);
    private int borrowed;

    /**
     * No pipes yet.
     *
     * @param most so many at once: with two descriptors each they must not take those of the tunnels
     */
    Pipes(int most) {
        this.most = most;
    }

    /**
     * A pipe with nothing in it.
     *
     * @return null if there is none to be had: then the octets have to be copied
     */
    @Nullable
    Pipe borrow() {
        Pipe pipe = kept.poll();
        if (pipe == null && borrowed < most) {
            try {
                pipe = Pipe.open();
            } catch (IOException outOfDescriptors) {
                return null;
            }
        }
        if (pipe != null) {
            borrowed++;
            pipe.enlarge();
        }
        return pipe;
    }

    /** Takes a pipe back; one with octets in it is closed. */
    void giveBack(Pipe pipe) {
        borrowed--;
        if (pipe.isEmpty() && kept.size() < KEPT) {
            kept.push(pipe);
        } else {
            pipe.close();
        }
    }

    void close() {
        kept.forEach(Pipe::close);
        kept.clear();
    }

    /** A pipe and how many octets are in it. */
    static final class Pipe {
        private final FileDescriptor read;
        private final FileDescriptor write;
        private boolean large;
        private int octets;

        private Pipe(FileDescriptor read, FileDescriptor write) {
            this.read = read;
            this.write = write;
        }

        static Pipe open() throws IOException {
            FileDescriptor[] ends = FileDescriptor.pipe();
            return new Pipe(ends[0], ends[1]);
        }

        private void enlarge() {
            if (!large) {
                large = PipeSize.enlarge(write);
            }
        }

        boolean isEmpty() {
            return octets == 0;
        }

        /**
         * Moves octets from a socket into this pipe, which has to be empty.
         *
         * @return how many; 0 if there are none now, or never again
         */
        int fill(FileDescriptor socket, int most) throws IOException {
            octets = Splice.move(socket, write, most);
            return octets;
        }

        /**
         * Moves octets from this pipe to a socket.
         *
         * @return how many; 0 if it takes none now
         */
        int drain(FileDescriptor socket) throws IOException {
            int moved = Splice.move(read, socket, octets);
            octets -= moved;
            return moved;
        }

        void close() {
            if (large) {
                PipeSize.released();
            }
            close(read);
            close(write);
        }

        private static void close(FileDescriptor end) {
            try {
                end.close();
            } catch (IOException gone) {
                // it is closed all the same
            }
        }
    }
}
