package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.DatagramSocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients want to reach: one port for streams, whose {@link Greeting} says what they want, one for datagrams. */
public final class Target implements AutoCloseable {

    /** What a connection begins with if everything that follows is to be sent back. */
    public static final byte ECHO = Greeting.ECHO;

    private static final int AT_ONCE = 64;

    private final LoadLoop loop = new LoadLoop("target");
    private final Map<Integer, Transfer> transfers = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final byte[] peer = new byte[64];
    private LoopSocket listener;
    private LoopSocket datagrams;

    private Target() {}

    /** Listens on free ports of the loopback address. */
    public static Target start() throws InterruptedException {
        Target target = new Target();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        target.loop.call(() -> {
            target.listener = LoopSocket.listen(target.loop, any, events -> target.accept());
            target.listener.watch(EpollIoOps.EPOLLIN);
            target.datagrams = LoopSocket.datagrams(target.loop, events -> target.echo());
            target.datagrams.bind(any);
            target.datagrams.watch(EpollIoOps.EPOLLIN);
            return target;
        });
        return target;
    }

    public InetSocketAddress streams() {
        return listener.local();
    }

    public InetSocketAddress datagrams() {
        return datagrams.local();
    }

    /** A stream of the pattern, to be asked for by its number. */
    Transfer transfer() {
        Transfer transfer = new Transfer(numbers.incrementAndGet());
        transfers.put(transfer.number(), transfer);
        return transfer;
    }

    /** The stream with this number, which nobody else may ask for. */
    Transfer take(int number) throws IOException {
        Transfer transfer = transfers.remove(number);
        if (transfer == null) {
            throw new IOException("no such transfer: " + number);
        }
        return transfer;
    }

    private void accept() {
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                int descriptor = listener.accept(peer);
                if (descriptor < 0) {
                    return;
                }
                TargetConnection.serve(loop, this, descriptor);
            }
        } catch (IOException e) {
            // the client sees that its connection does not work
        }
    }

    private void echo() {
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                DatagramSocketAddress sender = datagrams.receiveFrom(loop.scratch());
                if (sender == null) {
                    return;
                }
                datagrams.sendTo(loop.scratch(), sender.receivedAmount(), sender);
            }
        } catch (IOException e) {
            // the client counts it as lost
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
