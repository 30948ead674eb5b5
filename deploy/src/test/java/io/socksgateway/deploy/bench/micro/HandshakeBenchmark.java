package io.socksgateway.deploy.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.session.Handshake;
import io.socksgateway.core.session.HandshakePolicy;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.Socks4Login;
import io.socksgateway.core.session.Step;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.Method;
import io.socksgateway.core.wire.SocksVersion;
import java.util.EnumSet;
import java.util.List;
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

/** A whole negotiation, from the first octet to the request, without I/O. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandshakeBenchmark {

    private final HandshakePolicy open = policy(Method.NONE);
    private final HandshakePolicy closed = policy(Method.USERPASS);
    private final ByteBuf greeting = Frames.of("05 01 00");
    private final ByteBuf greetingWithLogin = Frames.of("05 01 02");
    private final ByteBuf login = Frames.of("01 05 61 6c 69 63 65 06 73 65 63 72 65 74");
    private final ByteBuf request = Frames.of("05 01 00 01 c0 00 02 01 01 bb");
    private final ByteBuf socks4 = Frames.of("04 01 01 bb c0 00 02 01 00");
    private final ByteBuf out = Unpooled.directBuffer(64);

    private static HandshakePolicy policy(int method) {
        return new HandshakePolicy(
                EnumSet.allOf(SocksVersion.class),
                List.of(method),
                Socks4Login.ANONYMOUS,
                EnumSet.allOf(Command.class));
    }

    /** Greeting and request, as they come from a client that waits for each answer. */
    @Benchmark
    public Step socks5() {
        Handshake handshake = new Handshake(open);
        Step ignored = handshake.advance(greeting.readerIndex(0), out.clear());
        return handshake.advance(request.readerIndex(0), out);
    }

    /** The same with user and password. */
    @Benchmark
    public Step socks5WithLogin() {
        Handshake handshake = new Handshake(closed);
        Step greeted = handshake.advance(greetingWithLogin.readerIndex(0), out.clear());
        Step asked = handshake.advance(login.readerIndex(0), out);
        if (greeted instanceof Step.Read && asked instanceof Step.Authenticate) {
            return handshake.accepted(Identity.ANONYMOUS, request.readerIndex(0), out);
        }
        throw new IllegalStateException("unexpected step: " + asked);
    }

    @Benchmark
    public Step socks4() {
        return new Handshake(open).advance(socks4.readerIndex(0), out.clear());
    }
}
