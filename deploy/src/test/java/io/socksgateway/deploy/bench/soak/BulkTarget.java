package io.socksgateway.deploy.bench.soak;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;

/** A target that is told a number, sends so many octets, and ends. */
final class BulkTarget implements AutoCloseable {

    private static final int BACKLOG = 256;
    private static final byte[] CHUNK = new byte[256 << 10];

    private final ServerSocket server;

    BulkTarget() throws IOException {
        server = ServerSocketChannel.open().socket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        thread(this::accept).start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "bulk-target");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.getChannel().accept().socket();
                thread(() -> serve(client)).start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            for (int left = in.readInt(); left > 0; left -= CHUNK.length) {
                client.getOutputStream().write(CHUNK, 0, Math.min(left, CHUNK.length));
            }
            client.shutdownOutput();
            int unused = in.read();
        } catch (IOException e) {
            // the client sees it
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
