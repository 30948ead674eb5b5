package io.socksgateway.deploy.bench.soak;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One client's conversation with the gateway in SOCKS5, on the thread that calls. */
final class Talk implements AutoCloseable {

    static final int CONNECT = 1;
    static final int BIND = 2;
    static final int ASSOCIATE = 3;

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;

    private Talk(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @param from the address that the client has, or null for any
     */
    static Talk with(InetSocketAddress gateway, @Nullable InetAddress from) throws IOException {
        Socket socket = SocketChannel.open().socket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            if (from != null) {
                socket.bind(new InetSocketAddress(from, 0));
            }
            socket.connect(gateway, PATIENCE_MILLIS);
            return new Talk(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    Talk send(byte... octets) throws IOException {
        socket.getOutputStream().write(octets);
        return this;
    }

    int read() throws IOException {
        return in.read();
    }

    byte[] read(int length) throws IOException {
        byte[] octets = new byte[length];
        in.readFully(octets);
        return octets;
    }

    int readInt() throws IOException {
        return in.readInt();
    }

    /** Counts what comes until the end. */
    long readAll() throws IOException {
        byte[] chunk = new byte[256 << 10];
        long all = 0;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            all += count;
        }
        return all;
    }

    /** Greets without a login. */
    Talk greet() throws IOException {
        send((byte) 5, (byte) 1, (byte) 0);
        expect(5, 0);
        return this;
    }

    /** Greets and logs in; whether that went well. The gateway ends the connection if not. */
    boolean login(String user, String password) throws IOException {
        send((byte) 5, (byte) 1, (byte) 2);
        expect(5, 2);
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        send(ByteBuffer.allocate(3 + name.length + secret.length)
                .put((byte) 1)
                .put((byte) name.length)
                .put(name)
                .put((byte) secret.length)
                .put(secret)
                .array());
        byte[] answer = read(2);
        return answer[1] == 0;
    }

    /** Asks for something, without waiting for the reply. */
    Talk ask(int command, InetSocketAddress destination) throws IOException {
        return send(ByteBuffer.allocate(10)
                .put(new byte[] {5, (byte) command, 0})
                .put(header(destination))
                .array());
    }

    /** Asks for something of a host by its name, without waiting for the reply. */
    Talk ask(int command, String host, int port) throws IOException {
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        return send(ByteBuffer.allocate(7 + name.length)
                .put(new byte[] {5, (byte) command, 0, 3, (byte) name.length})
                .put(name)
                .putShort((short) port)
                .array());
    }

    /** Address type, address and port of an IPv4 address. */
    static byte[] header(InetSocketAddress destination) {
        return ByteBuffer.allocate(7)
                .put((byte) 1)
                .put(destination.getAddress().getAddress())
                .putShort((short) destination.getPort())
                .array();
    }

    /** A reply and the address that it names. */
    record Reply(int code, InetSocketAddress bound) {}

    Reply reply() throws IOException {
        byte[] head = read(4);
        InetAddress address = InetAddress.getByAddress(read(head[3] == 4 ? 16 : 4));
        return new Reply(head[1], new InetSocketAddress(address, in.readUnsignedShort()));
    }

    /** Waits for success. */
    InetSocketAddress agreed() throws IOException {
        Reply reply = reply();
        if (reply.code() != 0) {
            throw new Surprise("reply " + reply.code() + " instead of 0");
        }
        return reply.bound();
    }

    /** Waits for another reply than success. */
    void refused() throws IOException {
        if (reply().code() == 0) {
            throw new Surprise("success where a refusal was due");
        }
    }

    private void expect(int... octets) throws IOException {
        byte[] came = read(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (came[i] != (byte) octets[i]) {
                throw new Surprise("octet " + (came[i] & 0xFF) + " instead of " + octets[i]);
            }
        }
    }

    /** Sends a message to somebody who sends it back, and waits for that. */
    void echo(byte[] message) throws IOException {
        send(message);
        byte[] back = read(message.length);
        if (!Arrays.equals(message, back)) {
            throw new Surprise("another message came back");
        }
    }

    /** Says that there will be nothing more. */
    Talk finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Waits until the gateway has ended the connection, in whichever way; what comes before does not matter. */
    void gone() throws IOException {
        try {
            long unused = readAll();
        } catch (SocketTimeoutException e) {
            throw new Surprise("the connection does not end");
        } catch (IOException e) {
            // a reset is an end too
        }
    }

    /** Ends it with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    InetAddress address() {
        return socket.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
