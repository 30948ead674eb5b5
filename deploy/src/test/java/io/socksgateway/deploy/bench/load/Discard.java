package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.List;

/**
 * Takes octets from a socket without copying them anywhere: through a pipe to the null device.
 *
 * <p>Confined to its loop.
 */
final class Discard implements AutoCloseable {

    private final FileDescriptor out;
    private final FileDescriptor in;
    private final FileDescriptor nowhere;

    Discard() throws IOException {
        FileDescriptor[] pipe = FileDescriptor.pipe();
        out = pipe[0];
        in = pipe[1];
        nowhere = FileDescriptor.from("/dev/null");
    }

    /** Octets that were taken, at most so many; 0 if there are none or the end has come. */
    int take(FileDescriptor socket, int most) throws IOException {
        int taken = 0;
        while (taken < most) {
            int count = Native.splice(socket.intValue(), -1, in.intValue(), -1, most - taken);
            if (count == 0) {
                break;
            }
            taken += count;
            for (int left = count; left > 0; ) {
                left -= Native.splice(out.intValue(), -1, nowhere.intValue(), -1, left);
            }
        }
        return taken;
    }

    @Override
    public void close() {
        for (FileDescriptor one : List.of(out, in, nowhere)) {
            try {
                one.close();
            } catch (IOException e) {
                // closed all the same
            }
        }
    }
}
