package io.socksgateway.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;

/** What clients send, from its parts: the counterpart of the decoders. */
public final class ClientFrames {

    private ClientFrames() {}

    public static byte[] greeting(byte... methods) {
        return join(octets(5, methods.length), methods);
    }

    public static byte[] login(byte[] user, byte[] password) {
        return join(octets(1, user.length), user, octets(password.length), password);
    }

    public static byte[] request5(int command, byte[] addressAndPort) {
        return join(octets(5, command, 0), addressAndPort);
    }

    public static byte[] address(InetAddress address, int port) {
        byte[] octets = address.getAddress();
        return join(octets(octets.length == 4 ? 1 : 4), octets, port(port));
    }

    public static byte[] name(byte[] name, int port) {
        return join(octets(3, name.length), name, port(port));
    }

    public static byte[] request4(int command, int port, byte[] address, byte[] user) {
        return join(octets(4, command), port(port), address, user, octets(0));
    }

    public static byte[] request4a(int command, int port, int marker, byte[] user, byte[] name) {
        return join(request4(command, port, octets(0, 0, 0, marker), user), name, octets(0));
    }

    /** Version 2 of the PROXY protocol. */
    public static byte[] proxyHeader(int versionAndCommand, int family, byte[] addresses) {
        byte[] signature = octets(13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10);
        return join(signature, octets(versionAndCommand, family), port(addresses.length), addresses);
    }

    public static byte[] gss(int type, byte[] token) {
        return join(octets(1, type), port(token.length), token);
    }

    public static byte[] octets(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets;
    }

    private static byte[] port(int port) {
        return octets(port >> 8, port);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
