package io.socksgateway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.ProtectionException;
import io.socksgateway.core.wire.GssFrameCodec;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection whose octets travel in encapsulated messages (RFC 1961 section 5), seen from the client. */
public final class WrappedSocket extends Socket {

    private static final int CHUNK = 32_768;

    private final Socket raw;
    private final MessageProtection messages;
    private final boolean encrypts;
    private final InputStream in = new Messages();
    private ByteBuffer unsent = ByteBuffer.allocate(0);

    public WrappedSocket(Socket raw, MessageProtection messages, boolean encrypts) {
        this.raw = raw;
        this.messages = messages;
        this.encrypts = encrypts;
    }

    /** The socket that the messages travel over. */
    public Socket raw() {
        return raw;
    }

    /** The messages of octets, one behind the other. */
    public byte[] wrapped(byte[] octets, int offset, int length) {
        ByteBuf out = Unpooled.buffer();
        for (int from = offset; from < offset + length; from += CHUNK) {
            byte[] message = new byte[Math.min(CHUNK, offset + length - from)];
            System.arraycopy(octets, from, message, 0, message.length);
            try {
                GssFrameCodec.encode(GssFrameCodec.DATA, messages.wrap(message, encrypts), out);
            } catch (ProtectionException e) {
                throw new AssertionError(e);
            }
        }
        byte[] frames = new byte[out.readableBytes()];
        out.readBytes(frames);
        return frames;
    }

    /** What is in a datagram that is one message. */
    public byte[] opened(byte[] datagram) throws ProtectionException {
        byte[] token = new byte[datagram.length - GssFrameCodec.HEADER_LENGTH];
        System.arraycopy(datagram, GssFrameCodec.HEADER_LENGTH, token, 0, token.length);
        return messages.unwrap(token).octets();
    }

    /** Sends {@link Octets} until nothing more is taken for a while; what a message lacks then follows with the FIN. */
    long fill(long most) throws IOException {
        SocketChannel channel = raw.getChannel();
        channel.configureBlocking(false);
        long taken = 0;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (taken < most && Octets.isWritable(selector)) {
                selector.selectedKeys().clear();
                if (!unsent.hasRemaining()) {
                    byte[] part = Octets.part(taken, (int) Math.min(CHUNK, most - taken));
                    unsent = ByteBuffer.wrap(wrapped(part, 0, part.length));
                    taken += part.length;
                }
                channel.write(unsent);
            }
        }
        channel.configureBlocking(true);
        return taken;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = raw.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                out.write(wrapped(octets, offset, length));
            }
        };
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (unsent.hasRemaining()) {
            Thread sender = new Thread(this::finish, "wrapped-socket-finish");
            sender.setDaemon(true);
            sender.start();
        } else {
            raw.shutdownOutput();
        }
    }

    private void finish() {
        try {
            while (unsent.hasRemaining()) {
                raw.getChannel().write(unsent);
            }
            raw.shutdownOutput();
        } catch (IOException closed) {
            // the test has seen enough
        }
    }

    @Override
    public SocketChannel getChannel() {
        return raw.getChannel();
    }

    @Override
    public InetAddress getLocalAddress() {
        return raw.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return raw.getLocalPort();
    }

    @Override
    public int getPort() {
        return raw.getPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return raw.getLocalSocketAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return raw.getRemoteSocketAddress();
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        raw.setSoTimeout(millis);
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        raw.setSoLinger(on, seconds);
    }

    @Override
    public boolean isConnected() {
        return raw.isConnected();
    }

    @Override
    public boolean isClosed() {
        return raw.isClosed();
    }

    @Override
    public synchronized void close() throws IOException {
        raw.close();
    }

    /** What is in the messages that come. */
    private final class Messages extends InputStream {
        private ByteBuffer message = ByteBuffer.allocate(0);

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (length > 0 && !message.hasRemaining()) {
                byte[] next = next();
                if (next == null) {
                    return -1;
                }
                message = ByteBuffer.wrap(next);
            }
            int count = Math.min(length, message.remaining());
            message.get(into, offset, count);
            return count;
        }

        private byte[] next() throws IOException {
            DataInputStream frames = new DataInputStream(raw.getInputStream());
            int version = frames.read();
            if (version < 0) {
                return null;
            }
            int type = frames.read();
            if (version != 1 || type != GssFrameCodec.DATA) {
                throw new IOException("message of version " + version + " and type " + type);
            }
            byte[] token = frames.readNBytes(frames.readUnsignedShort());
            try {
                MessageProtection.Opened opened = messages.unwrap(token);
                if (opened.order() != MessageProtection.Order.NEXT || opened.confidential() != encrypts) {
                    throw new IOException("a message " + opened.order() + ", encrypted: " + opened.confidential());
                }
                return opened.octets();
            } catch (ProtectionException e) {
                throw new EOFException("a token of " + token.length + " octets: " + e.getMessage());
            }
        }
    }
}
