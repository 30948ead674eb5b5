package io.socksgateway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Octets written as in an RFC: {@code "05 01 00"}. */
public final class Hex {

    private Hex() {}

    public static byte[] bytes(String hex) {
        return ByteBufUtil.decodeHexDump(hex.replaceAll("\\s", ""));
    }

    public static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(bytes(hex));
    }

    public static String text(byte[] octets) {
        return ByteBufUtil.hexDump(octets).replaceAll("(..)(?!$)", "$1 ");
    }

    public static String text(ByteBuf octets) {
        return ByteBufUtil.hexDump(octets).replaceAll("(..)(?!$)", "$1 ");
    }

    /** A name with its length in front, as SOCKS5 has it. */
    public static String counted(String name) {
        return "%02x %s".formatted(name.length(), ascii(name));
    }

    public static String ascii(String text) {
        return text(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public static String port(int port) {
        return "%02x %02x".formatted(port >> 8, port & 0xFF);
    }
}
