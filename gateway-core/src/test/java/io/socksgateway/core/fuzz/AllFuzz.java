package io.socksgateway.core.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.socksgateway.core.config.StrictJsonFuzz;
import io.socksgateway.core.net.dns.AnswerFuzz;
import io.socksgateway.core.session.HandshakeFuzz;
import io.socksgateway.core.wire.GssFrameFuzz;
import io.socksgateway.core.wire.ProxyHeaderFuzz;
import io.socksgateway.core.wire.Socks4RequestFuzz;
import io.socksgateway.core.wire.Socks5AddressFuzz;
import io.socksgateway.core.wire.Socks5GreetingFuzz;
import io.socksgateway.core.wire.Socks5RequestFuzz;
import io.socksgateway.core.wire.UdpHeaderFuzz;
import io.socksgateway.core.wire.UserPasswordFuzz;
import io.socksgateway.testkit.Hex;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every target in one, beginning with the seeds of each: what a build has time for, as Jazzer takes seconds to start and
 * fuzzes one target in a process.
 */
class AllFuzz {

    private static final List<Target> TARGETS = List.of(
            Target.of(Socks5GreetingFuzz.class, "decode", new Socks5GreetingFuzz()::decode),
            Target.of(UserPasswordFuzz.class, "decode", new UserPasswordFuzz()::decode),
            Target.of(Socks5AddressFuzz.class, "decode", new Socks5AddressFuzz()::decode),
            Target.of(Socks5RequestFuzz.class, "decode", new Socks5RequestFuzz()::decode),
            Target.of(Socks4RequestFuzz.class, "decode", new Socks4RequestFuzz()::decode),
            Target.of(UdpHeaderFuzz.class, "decode", new UdpHeaderFuzz()::decode),
            Target.of(HandshakeFuzz.class, "dialogue", new HandshakeFuzz()::dialogue),
            Target.of(AnswerFuzz.class, "read", new AnswerFuzz()::read),
            Target.of(GssFrameFuzz.class, "decode", new GssFrameFuzz()::decode),
            Target.of(StrictJsonFuzz.class, "read", new StrictJsonFuzz()::read),
            Target.of(ProxyHeaderFuzz.class, "decode", new ProxyHeaderFuzz()::decode));

    /**
     * A target and where its seeds are.
     *
     * @param seeds a folder beside the class
     */
    private record Target(Class<?> type, String seeds, Consumer<byte[]> law) {

        static Target of(Class<?> type, String method, Consumer<byte[]> law) {
            return new Target(type, type.getSimpleName() + "Inputs/" + method, law);
        }

        void holdsFor(byte[] input) {
            try {
                law.accept(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(type.getSimpleName() + " with " + Hex.text(input), e);
            }
        }

        List<byte[]> inputs(int number) throws IOException, URISyntaxException {
            Path folder = Path.of(
                    Objects.requireNonNull(type.getResource(seeds), seeds).toURI());
            List<byte[]> inputs = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    inputs.add(ClientFrames.join(ClientFrames.octets(number), Files.readAllBytes(file)));
                }
            }
            return inputs;
        }
    }

    static Stream<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (Target target : TARGETS) {
            seeds.addAll(target.inputs(TARGETS.indexOf(target)));
        }
        return seeds.stream();
    }

    /** The first octet chooses the target. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void any(byte[] input) {
        if (input.length > 0) {
            TARGETS.get((input[0] & 0xFF) % TARGETS.size()).holdsFor(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
