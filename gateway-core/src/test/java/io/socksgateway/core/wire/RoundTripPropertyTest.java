package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.fuzz.AnyOctets;
import io.socksgateway.core.fuzz.ClientFrames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What is said is what is understood, for all that can be said. */
class RoundTripPropertyTest {

    private static final int PORTS = 65_535;

    private static <T> T complete(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Complete.class);
        return ((Decoded.Complete<T>) decoded).value();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Property
    void offeredMethodsAreContainedAndNoOthers(@ForAll @Size(max = 255) byte[] methods) {
        MethodSet set = complete(Socks5GreetingCodec.decode(Unpooled.wrappedBuffer(ClientFrames.greeting(methods))));
        boolean[] offered = new boolean[256];
        for (byte method : methods) {
            offered[method & 0xFF] = true;
        }
        for (int method = 0; method < 256; method++) {
            assertThat(set.contains(method)).as("%d", method).isEqualTo(offered[method]);
        }
    }

    @Property
    void credentialsArriveAndThePasswordLeavesTheBuffer(
            @ForAll @StringLength(max = 60) String user, @ForAll @Size(max = 255) byte[] password) {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(user)); // no half of a surrogate pair
        byte[] frame = ClientFrames.login(utf8(user), password);
        UserPassword login = complete(UserPasswordCodec.decode(Unpooled.wrappedBuffer(frame)));
        assertThat(login.user()).isEqualTo(user);
        assertThat(login.password()).isEqualTo(password);
        assertThat(frame).endsWith(new byte[password.length]);
    }

    @Property
    void addressesOfSocks5(
            @ForAll("addresses") InetAddress address,
            @ForAll @IntRange(max = PORTS) int port,
            @ForAll @IntRange(max = 255) int command) {
        ByteBuf frame = Unpooled.buffer().writeByte(5).writeByte(command).writeByte(0);
        Socks5AddressCodec.encode(address, port, frame);
        SocksRequest request = complete(Socks5RequestCodec.decode(frame));
        assertThat(request).isEqualTo(new SocksRequest(SocksVersion.SOCKS5, command, Endpoint.of(address, port), ""));
        assertThat(frame.isReadable()).isFalse();
    }

    @Property
    void namesOfSocks5(@ForAll("names") String name, @ForAll @IntRange(max = PORTS) int port) {
        byte[] frame = ClientFrames.request5(1, ClientFrames.name(utf8(name), port));
        assertThat(complete(Socks5RequestCodec.decode(Unpooled.wrappedBuffer(frame)))
                        .destination())
                .isEqualTo(new Endpoint(new Host.Name(name), port));
    }

    @Property
    void addressesOfSocks4(
            @ForAll @Size(4) byte[] address,
            @ForAll @IntRange(max = PORTS) int port,
            @ForAll @IntRange(max = 255) int command,
            @ForAll("names") String user)
            throws Exception {
        Assume.that(address[0] != 0 || address[1] != 0 || address[2] != 0 || address[3] == 0);
        byte[] frame = ClientFrames.request4(command, port, address, utf8(user));
        assertThat(complete(Socks4Codec.decode(Unpooled.wrappedBuffer(frame))))
                .isEqualTo(new SocksRequest(
                        SocksVersion.SOCKS4, command, Endpoint.of(InetAddress.getByAddress(address), port), user));
    }

    @Property
    void namesOfSocks4a(
            @ForAll("names") String name,
            @ForAll @IntRange(max = PORTS) int port,
            @ForAll @IntRange(min = 1, max = 255) int marker) {
        byte[] frame = ClientFrames.request4a(1, port, marker, utf8("me"), utf8(name));
        assertThat(complete(Socks4Codec.decode(Unpooled.wrappedBuffer(frame))))
                .isEqualTo(new SocksRequest(SocksVersion.SOCKS4A, 1, new Endpoint(new Host.Name(name), port), "me"));
    }

    /** The address behind VER, REP and RSV has the form that a request's has. */
    @Property
    void repliesOfSocks5SayTheirAddress(
            @ForAll Reply reply, @ForAll("addresses") InetAddress address, @ForAll @IntRange(max = PORTS) int port) {
        ByteBuf out = Unpooled.buffer();
        Replies.encode(SocksVersion.SOCKS5, reply, new InetSocketAddress(address, port), out);
        assertThat(out.readByte()).isEqualTo((byte) 5);
        assertThat((int) out.readUnsignedByte()).isEqualTo(reply.code(SocksVersion.SOCKS5));
        assertThat(out.readByte()).isZero();
        assertThat(complete(Socks5AddressCodec.decode(out))).isEqualTo(Endpoint.of(address, port));
        assertThat(out.isReadable()).isFalse();
    }

    @Property
    void repliesOfSocks4HaveEightOctets(
            @ForAll Reply reply, @ForAll("addresses") InetAddress address, @ForAll @IntRange(max = PORTS) int port) {
        ByteBuf out = Unpooled.buffer();
        Replies.encode(SocksVersion.SOCKS4, reply, new InetSocketAddress(address, port), out);
        assertThat(out.readableBytes()).isEqualTo(8);
        assertThat(out.getByte(0)).isZero();
        assertThat((int) out.getUnsignedByte(1)).isEqualTo(reply.code(SocksVersion.SOCKS4));
        assertThat(out.getUnsignedShort(2)).isEqualTo(port);
        byte[] said = new byte[4];
        out.getBytes(4, said);
        byte[] octets = address.getAddress();
        assertThat(said).isEqualTo(octets.length == 4 ? octets : new byte[4]);
    }

    @Provide
    Arbitrary<InetAddress> addresses() {
        return AnyOctets.address();
    }

    @Provide
    Arbitrary<String> names() {
        return AnyOctets.name();
    }
}
