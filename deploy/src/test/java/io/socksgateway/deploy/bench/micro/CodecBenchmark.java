package io.socksgateway.deploy.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.wire.Decoded;
import io.socksgateway.core.wire.MethodSet;
import io.socksgateway.core.wire.Reply;
import io.socksgateway.core.wire.Socks4Codec;
import io.socksgateway.core.wire.Socks5GreetingCodec;
import io.socksgateway.core.wire.Socks5RequestCodec;
import io.socksgateway.core.wire.SocksRequest;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.core.wire.UserPasswordCodec;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Frames of a negotiation, each by itself. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private final ByteBuf greeting = Frames.of("05 02 00 02");
    private final ByteBuf login = Frames.of("01 05 61 6c 69 63 65 06 73 65 63 72 65 74");
    private final ByteBuf address = Frames.of("05 01 00 01 c0 00 02 01 01 bb");
    private final ByteBuf name = Frames.of("05 01 00 03 0b 65 78 61 6d 70 6c 65 2e 63 6f 6d 01 bb");
    private final ByteBuf socks4 = Frames.of("04 01 01 bb c0 00 02 01 62 6f 62 00");
    private final ByteBuf out = Unpooled.directBuffer(64);
    private final InetAddress bound = InetAddress.getLoopbackAddress();

    @Benchmark
    public Decoded<MethodSet> greeting() {
        return Socks5GreetingCodec.decode(greeting.readerIndex(0));
    }

    /** Decoding wipes the password in the buffer; the zeros that it leaves decode as well. */
    @Benchmark
    public Decoded<UserPassword> login() {
        return UserPasswordCodec.decode(login.readerIndex(0));
    }

    @Benchmark
    public Decoded<SocksRequest> requestWithAddress() {
        return Socks5RequestCodec.decode(address.readerIndex(0));
    }

    @Benchmark
    public Decoded<SocksRequest> requestWithName() {
        return Socks5RequestCodec.decode(name.readerIndex(0));
    }

    @Benchmark
    public Decoded<SocksRequest> requestOfSocks4() {
        return Socks4Codec.decode(socks4.readerIndex(0));
    }

    @Benchmark
    public ByteBuf reply() {
        Socks5RequestCodec.encodeReply(Reply.SUCCEEDED, bound, 1080, out.clear());
        return out;
    }
}
