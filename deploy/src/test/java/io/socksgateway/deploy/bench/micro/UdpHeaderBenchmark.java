package io.socksgateway.deploy.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.wire.UdpHeader;
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

/** What every datagram costs beside the system calls. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UdpHeaderBenchmark {

    private final UdpHeader header = new UdpHeader();
    private final ByteBuf ipv4 = Frames.of("00 00 00 01 c0 00 02 01 00 35 de ad");
    private final ByteBuf name = Frames.of("00 00 00 03 0b 65 78 61 6d 70 6c 65 2e 63 6f 6d 00 35 de ad");
    private final ByteBuf out = Unpooled.directBuffer(64);
    private final InetAddress source = InetAddress.getLoopbackAddress();

    @Benchmark
    public boolean decodeAddress() {
        return header.decode(ipv4.readerIndex(0));
    }

    @Benchmark
    public boolean decodeName() {
        return header.decode(name.readerIndex(0));
    }

    @Benchmark
    public ByteBuf encode() {
        UdpHeader.encode(source, 53, out.clear());
        return out;
    }
}
