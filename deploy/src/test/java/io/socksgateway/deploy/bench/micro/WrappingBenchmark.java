package io.socksgateway.deploy.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.socksgateway.auth.gssapi.GssAcceptor;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.config.GssapiConfig;
import io.socksgateway.core.session.Encapsulation;
import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.ProtectionException;
import io.socksgateway.core.wire.GssToken;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.testkit.KerberosInitiator;
import io.socksgateway.testkit.KerberosRealm;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages of a Kerberos context (AES-256 with SHA-1, which most realms give out), a MiB at a time: an operation a second is a
 * MiB/s of one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WrappingBenchmark {

    private static final int MIB = 1 << 20;

    @Param({"INTEGRITY", "CONFIDENTIALITY"})
    private Protection level;

    /** Octets of a read. */
    @Param({"1024", "65536"})
    private int size;

    private Vertx vertx;
    private MessageProtection messages;
    private Encapsulation encapsulation;
    private ByteBuf octets;
    private byte[] token;

    @Setup
    public void establish() throws Exception {
        vertx = Vertx.vertx();
        KerberosRealm realm = KerberosRealm.shared();
        GssapiConfig config = new GssapiConfig(
                "krb",
                realm.keytab(),
                List.of(KerberosRealm.SERVICE),
                List.of(level),
                false,
                Set.of(KerberosRealm.NAME),
                List.of(),
                Set.of(),
                0);
        GssAcceptor acceptor =
                new GssAcceptor(config, vertx.createSharedWorkerExecutor("acceptor", 1), TimeUnit.SECONDS.toNanos(10));
        KerberosInitiator client = KerberosInitiator.of(realm.login("alice"), KerberosRealm.SERVICE);
        GssRequest first = new GssRequest(
                "1", "bench", InetAddress.getLoopbackAddress(), GssToken.of(client.next(new byte[0])), null);
        GssOutcome.Established established = (GssOutcome.Established)
                acceptor.accept(first).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        client.next(established.token().octets());
        messages = established.messages();
        encapsulation = new Encapsulation(messages, level);
        octets = PooledByteBufAllocator.DEFAULT.directBuffer(size).writeZero(size);
        token = client.wrap(new byte[Math.min(size, 65_000)], level == Protection.CONFIDENTIALITY);
    }

    @TearDown
    public void close() throws Exception {
        octets.release();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Benchmark
    public int wrap() throws ProtectionException {
        int wrapped = 0;
        for (int done = 0; done < MIB; done += size) {
            ByteBuf sealed = encapsulation.seal(octets.readerIndex(0), PooledByteBufAllocator.DEFAULT);
            wrapped += sealed.readableBytes();
            sealed.release();
        }
        return wrapped;
    }

    /** Always the same token, which is found out to be there before, but only once it is opened. */
    @Benchmark
    public int unwrap() throws ProtectionException {
        int opened = 0;
        while (opened < MIB) {
            opened += messages.unwrap(token).octets().length;
        }
        return opened;
    }
}
