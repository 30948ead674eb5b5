package io.socksgateway.deploy.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client says, ready to be sent. */
final class SocksFrames {

    static final int CONNECT = 1;
    static final int ASSOCIATE = 3;

    private static final int NONE = 0;
    private static final int USERPASS = 2;

    private SocksFrames() {}

    static int method(Route route) {
        return route.login() == null ? NONE : USERPASS;
    }

    static NativeOctets greeting(Route route) {
        return NativeOctets.of(new byte[] {5, 1, (byte) method(route)});
    }

    static NativeOctets login(Login login) {
        byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().getBytes(StandardCharsets.UTF_8);
        return NativeOctets.of(ByteBuffer.allocate(3 + user.length + password.length)
                .put((byte) 1)
                .put((byte) user.length)
                .put(user)
                .put((byte) password.length)
                .put(password)
                .array());
    }

    static NativeOctets request(int command, InetSocketAddress destination) {
        return NativeOctets.of(ByteBuffer.allocate(10)
                .put(new byte[] {5, (byte) command, 0})
                .put(destination(destination))
                .array());
    }

    /** Address type, address and port. */
    static byte[] destination(InetSocketAddress destination) {
        return ByteBuffer.allocate(7)
                .put((byte) 1)
                .put(destination.getAddress().getAddress())
                .putShort((short) destination.getPort())
                .array();
    }
}
