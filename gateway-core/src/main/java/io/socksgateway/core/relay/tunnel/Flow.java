package io.socksgateway.core.relay.tunnel;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an {@link EpollPath}. It reads only when nothing is left to be written:
 *
 * <pre>
 * copying:  source → the loop's buffer → sink     what the sink does not take waits in a buffer of its size
 * splicing: source → pipe → sink                  what the sink does not take waits in the pipe
 * </pre>
 *
 * <p>Copying is cheaper for small reads, splicing for large ones. So a direction is spliced once it has moved enough in
 * large reads, one behind the other, and copied again after a run of small ones. A pipe is filled only while it is empty:
 * then nothing moved means that there is nothing, not that the pipe is full.
 *
 * <p>Confined to its event loop.
 */
final class Flow {

    /** Octets after which other tunnels have their turn. */
    private static final int BUDGET = 1 << 20;

    /** The most that is spliced at once, in octets; a pipe takes less if the kernel holds them in small pieces. */
    private static final int MOST_SPLICED = PipeSize.LARGE;

    /** From so many octets on a read is large. */
    private static final int LARGE = 16 << 10;

    /** So many small reads in a row end the splicing. */
    private static final int SMALL_READS = 16;

    private final EpollPath path;
    private final EpollEnd source;
    private final EpollEnd sink;
    private final Tunnels tunnels;
    private final Intake intake;
    private long largeRun;
    private int smallRun;
    private boolean splicing;
    private boolean ended;
    private boolean finished;
    private @Nullable ByteBuf rest;
    private Pipes.@Nullable Pipe pipe;

    /**
     * A direction.
     *
     * @param finished it has ended already
     */
    Flow(EpollPath path, EpollEnd source, EpollEnd sink, Tunnels tunnels, boolean finished) {
        this.path = path;
        this.source = source;
        this.sink = sink;
        this.tunnels = tunnels;
        this.intake = new Intake(path.tunnel(), source.end(), path.loop());
        this.ended = finished;
        this.finished = finished;
        this.splicing = tunnels.copied() == 0;
    }

    /** The FIN was passed on. */
    boolean isFinished() {
        return finished;
    }

    /** Moves what can be moved now, up to the budget. */
    void turn() {
        if (finished) {
            return;
        }
        EpollEnd at = sink;
        try {
            int budget = BUDGET;
            while (budget > 0) {
                at = sink;
                if (!isFlushed()) {
                    return;
                }
                if (ended) {
                    returnPipe();
                    finished = true;
                    path.finished(this, sink);
                    return;
                }
                if (!source.isReadable()) {
                    returnPipe();
                    return;
                }
                at = source;
                boolean copies = !splicing || source.isUrgent();
                int wanted = copies ? CopyBuffer.SIZE : MOST_SPLICED;
                int most = intake.take(wanted);
                int octets = 0;
                try {
                    octets = most == 0 ? 0 : copies ? receive(most) : splice(most);
                } finally {
                    intake.giveBack(most - octets); // nothing moves where the source has been reset
                }
                budget -= octets;
                at = sink;
                if (copies && octets > 0) {
                    send(octets);
                }
                if (most < wanted && source.isReadable() && !ended) {
                    awaitMore();
                    return;
                }
            }
            at = sink;
            if (isFlushed()) {
                at = source;
                source.again();
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) { // nothing but this tunnel may suffer
            path.broken(at.end());
        }
    }

    /** The quotas have no more for now; what was read moves on as the sink takes it. */
    private void awaitMore() throws IOException {
        if (isFlushed()) {
            returnPipe();
        }
        intake.await(this::turn, this::look);
    }

    /** Nothing may be moved any more: whether there is something, or the end, or neither of them. */
    private void look() {
        try {
            if (!isFlushed() || ended || !source.isReadable()) {
                return;
            }
            int octets = source.receive(tunnels.buffer().address(), 1);
            if (octets > 0) {
                path.tunnel().usedUp();
            } else if (octets < 0) {
                end();
                turn();
            }
        } catch (IOException broken) {
            path.broken(source.end());
        }
    }

    /** Writes what had to wait. */
    private boolean isFlushed() throws IOException {
        if (rest == null && pipe == null) {
            return true;
        }
        if (!sink.isWritable()) {
            return false;
        }
        return (rest == null || isRestWritten(rest)) && (pipe == null || isDrained(pipe));
    }

    private boolean isRestWritten(ByteBuf waiting) throws IOException {
        waiting.skipBytes(sink.send(waiting.memoryAddress(), waiting.readerIndex(), waiting.writerIndex()));
        path.tunnel().written();
        if (waiting.isReadable()) {
            return false;
        }
        waiting.release();
        rest = null;
        return true;
    }

    private boolean isDrained(Pipes.Pipe filled) throws IOException {
        while (!filled.isEmpty()) {
            if (filled.drain(sink.fd()) == 0) {
                sink.full();
                return false;
            }
            path.tunnel().written();
        }
        return true;
    }

    /** Reads into the loop's buffer. */
    private int receive(int most) throws IOException {
        int octets = source.receive(tunnels.buffer().address(), most);
        if (octets < 0) {
            end();
            return 0;
        }
        if (octets > 0) {
            path.tunnel().read(source.end(), octets);
            tunnels.counts().addCopied(octets);
            largeRun = octets >= LARGE ? largeRun + octets : 0;
            splicing = largeRun >= tunnels.copied();
        }
        return octets;
    }

    /** Writes from the loop's buffer; others need it next. */
    private void send(int octets) throws IOException {
        int written = sink.send(tunnels.buffer().address(), 0, octets);
        if (written < octets) {
            rest = tunnels.buffer().copy(written, octets);
        }
    }

    private int splice(int most) throws IOException {
        if (pipe == null) {
            pipe = tunnels.pipes().borrow();
        }
        if (pipe == null) {
            copyAgain();
            return 0;
        }
        int octets = pipe.fill(source.fd(), most);
        if (octets == 0) {
            source.drained();
            if (source.isFinished()) {
                copyAgain(); // a read tells the end from an error
            }
            return 0;
        }
        path.tunnel().read(source.end(), octets);
        tunnels.counts().addSpliced(octets);
        smallRun = octets < LARGE ? smallRun + 1 : 0;
        if (smallRun == SMALL_READS) {
            copyAgain();
        }
        return octets;
    }

    private void copyAgain() {
        splicing = false;
        largeRun = 0;
        smallRun = 0;
    }

    private void end() {
        ended = true;
        path.tunnel().halfClosed(source.end());
    }

    private void returnPipe() {
        if (pipe != null && pipe.isEmpty()) {
            tunnels.pipes().giveBack(pipe);
            pipe = null;
        }
    }

    /** Drops what waits: the tunnel has ended. */
    void discard() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
        if (pipe != null) {
            tunnels.pipes().giveBack(pipe);
            pipe = null;
        }
    }
}
