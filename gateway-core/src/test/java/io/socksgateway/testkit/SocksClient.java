package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.wire.Protection;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that says exactly what it is told to, and waits for exact answers; every wait ends after 30 seconds. */
public final class SocksClient implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 30_000;

    private final Socket socket;
    /** Below TLS; the same without it. */
    private final Socket raw;

    private final boolean greeted;

    private SocksClient(Socket socket, Socket raw, boolean greeted) {
        this.socket = socket;
        this.raw = raw;
        this.greeted = greeted;
    }

    /** A client that has agreed on how to wrap its messages, and will say its request next. */
    public static SocksClient wrapped(InetSocketAddress gateway) throws IOException {
        Socket raw = connect(gateway).socket();
        return of(GssClient.greet(raw, GssClient.toy()).establish().wrap(Protection.CONFIDENTIALITY));
    }

    /** A client whose negotiation of methods is over. */
    public static SocksClient of(Socket socket) {
        return new SocksClient(socket, socket, true);
    }

    public static SocksClient connect(InetSocketAddress gateway) throws IOException {
        return connect(gateway, 0);
    }

    /**
     * Connects with a receive buffer of a size of its own.
     *
     * @param receiveBuffer octets, or 0 for the system's default
     */
    public static SocksClient connect(InetSocketAddress gateway, int receiveBuffer) throws IOException {
        Socket socket = SocketChannel.open().socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.connect(gateway, DEADLINE_MILLIS);
        return new SocksClient(socket, socket, false);
    }

    /**
     * Goes on in TLS; its handshake begins with the first octet that is sent or expected.
     *
     * @param protocols the versions that it offers; none for those that are usual
     */
    public SocksClient startTls(SSLContext context, String... protocols) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
        if (protocols.length > 0) {
            tls.setEnabledProtocols(protocols);
        }
        return new SocksClient(tls, raw, false);
    }

    public Socket socket() {
        return socket;
    }

    /** The socket below TLS. */
    public Socket raw() {
        return raw;
    }

    public SocksClient send(String hex) throws IOException {
        return send(Hex.bytes(hex));
    }

    public SocksClient send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        return this;
    }

    /** Sends each octet in a segment of its own. */
    public SocksClient sendSlowly(String hex) throws IOException {
        for (byte octet : Hex.bytes(hex)) {
            socket.getOutputStream().write(octet);
            socket.getOutputStream().flush();
        }
        return this;
    }

    /** Waits for these octets. */
    public SocksClient expect(String hex) throws IOException {
        byte[] expected = Hex.bytes(hex);
        assertThat(Hex.text(read(expected.length))).isEqualTo(Hex.text(expected));
        return this;
    }

    public byte[] read(int length) throws IOException {
        byte[] octets = socket.getInputStream().readNBytes(length);
        if (octets.length < length) {
            throw new EOFException("end after " + Hex.text(octets));
        }
        return octets;
    }

    /** All octets up to the FIN. */
    public byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        in.transferTo(all);
        return all.toByteArray();
    }

    /** Waits for the FIN with nothing before it. */
    public SocksClient expectEnd() throws IOException {
        assertThat(Hex.text(readToEnd())).isEmpty();
        return this;
    }

    /** Waits for a reset; a FIN or data is a failure. */
    public void expectReset() throws IOException {
        int octet;
        try {
            octet = socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
            return;
        }
        throw new AssertionError("expected a reset, got " + octet);
    }

    /** The usual greeting without a login, unless the client has greeted in another way. */
    public SocksClient greet() throws IOException {
        return greeted ? this : send("05 01 00").expect("05 00");
    }

    /** Greets with username/password (RFC 1929), and is let in. */
    public SocksClient login(String user, String password) throws IOException {
        return send("05 01 02")
                .expect("05 02")
                .send("01" + Hex.counted(user) + Hex.counted(password))
                .expect("01 00");
    }

    /** CONNECT to an address, in SOCKS5. */
    public SocksClient connectTo(InetSocketAddress target) throws IOException {
        return send(connectRequest(target));
    }

    /** The frame of a SOCKS5 CONNECT. */
    public static String connectRequest(InetSocketAddress target) {
        byte[] address = target.getAddress().getAddress();
        return "05 01 00 " + (address.length == 4 ? "01 " : "04 ") + Hex.text(address) + Hex.port(target.getPort());
    }

    /** Waits for a successful SOCKS5 reply and returns the address in it. */
    public InetSocketAddress expectSuccess() throws IOException {
        expect("05 00 00");
        int type = read(1)[0];
        byte[] address = read(type == 1 ? 4 : 16);
        byte[] port = read(2);
        return new InetSocketAddress(InetAddress.getByAddress(address), (port[0] & 0xFF) << 8 | (port[1] & 0xFF));
    }

    /** Greeting, CONNECT and the successful reply. */
    public SocksClient tunnelTo(InetSocketAddress target) throws IOException {
        greet().connectTo(target).expectSuccess();
        return this;
    }

    /** Fails if anything comes in the next milliseconds, be it the end. */
    public SocksClient expectSilence(int millis) throws IOException {
        socket.setSoTimeout(millis);
        int octet;
        try {
            octet = socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return this;
        } finally {
            socket.setSoTimeout(DEADLINE_MILLIS);
        }
        throw new AssertionError("expected silence, got " + octet);
    }

    /** Sends the FIN. */
    public SocksClient finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Closes with RST. */
    public void reset() throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
