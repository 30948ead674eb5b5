package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.ProtectionException;
import io.socksgateway.core.wire.GssFrameCodec;
import io.socksgateway.core.wire.Protection;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/** The client's side of RFC 1961, from the greeting to the agreement on a protection. */
public final class GssClient {

    /** The client's end of a security context. */
    public interface Initiator {

        /** The next token for the server, or null if it needs none. */
        byte[] next(byte[] answer) throws IOException;

        boolean established();

        /** Once it is established. */
        MessageProtection messages();
    }

    /** The server has refused with the message that is there for it. */
    public static final class AbortedException extends IOException {
        private static final long serialVersionUID = 1L;

        AbortedException() {
            super("aborted by the server");
        }
    }

    private final Socket socket;
    private final Initiator initiator;

    private GssClient(Socket socket, Initiator initiator) {
        this.socket = socket;
        this.initiator = initiator;
    }

    /** A client that has greeted, and begins. */
    public static GssClient greet(Socket socket, Initiator initiator) throws IOException {
        socket.getOutputStream().write(new byte[] {5, 1, 1});
        assertThat(Hex.text(socket.getInputStream().readNBytes(2))).isEqualTo("05 01");
        return new GssClient(socket, initiator);
    }

    /** Establishes the context. */
    public GssClient establish() throws IOException {
        byte[] token = initiator.next(new byte[0]);
        while (token != null) {
            send(GssFrameCodec.AUTHENTICATION, token);
            byte[] answer = receive(GssFrameCodec.AUTHENTICATION);
            token = initiator.established() ? null : initiator.next(answer);
        }
        assertThat(initiator.established()).isTrue();
        return this;
    }

    /** Asks for a protection as the RFC wants it, and returns what the server agrees to. */
    public Protection ask(Protection level) throws IOException {
        try {
            send(GssFrameCodec.PROTECTION, initiator.messages().wrap(new byte[] {(byte) level.code()}, false));
            MessageProtection.Opened answer = initiator.messages().unwrap(receive(GssFrameCodec.PROTECTION));
            assertThat(answer.octets()).hasSize(1);
            assertThat(answer.order()).isEqualTo(MessageProtection.Order.NEXT);
            assertThat(answer.confidential()).isFalse();
            return Protection.of(answer.octets()[0]);
        } catch (ProtectionException e) {
            throw new IOException(e);
        }
    }

    /** Asks in the clear. */
    public Protection askInTheClear(Protection level) throws IOException {
        send(GssFrameCodec.PROTECTION, new byte[] {(byte) level.code()});
        byte[] answer = receive(GssFrameCodec.PROTECTION);
        assertThat(answer).hasSize(1);
        return Protection.of(answer[0]);
    }

    /** Asks for a protection, gets it, and uses it. */
    public WrappedSocket wrap(Protection level) throws IOException {
        assertThat(ask(level)).isEqualTo(level);
        return new WrappedSocket(socket, initiator.messages(), level != Protection.INTEGRITY);
    }

    private void send(int type, byte[] token) throws IOException {
        ByteBuf frame = Unpooled.buffer();
        GssFrameCodec.encode(type, token, frame);
        socket.getOutputStream().write(frame.array(), 0, frame.readableBytes());
    }

    private byte[] receive(int type) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(in.readUnsignedByte()).isOne();
        int received = in.readUnsignedByte();
        if (received == 0xFF) {
            assertThat(in.read()).as("behind the abort").isEqualTo(-1);
            throw new AbortedException();
        }
        assertThat(received).isEqualTo(type);
        byte[] token = new byte[in.readUnsignedShort()];
        in.readFully(token);
        return token;
    }

    /** The end of a {@link ToyContext} that any server with one accepts. */
    public static Initiator toy() {
        ToyContext context = ToyContext.initiator();
        return new Initiator() {
            private boolean begun;

            @Override
            public byte[] next(byte[] answer) {
                begun = true;
                return new byte[] {'t', 'o', 'y'};
            }

            @Override
            public boolean established() {
                return begun;
            }

            @Override
            public MessageProtection messages() {
                return context;
            }
        };
    }
}
