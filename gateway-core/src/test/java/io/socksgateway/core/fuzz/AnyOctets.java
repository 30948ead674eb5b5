package io.socksgateway.core.fuzz;

import static io.socksgateway.core.fuzz.ClientFrames.join;

import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What may come over the wire: messages, messages that were tampered with, and noise. */
public final class AnyOctets {

    private AnyOctets() {}

    public static Arbitrary<byte[]> ofLength(int least, int most) {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(least).ofMaxSize(most);
    }

    public static Arbitrary<Integer> octet() {
        return Arbitraries.integers().between(0, 255);
    }

    public static Arbitrary<Integer> port() {
        return Arbitraries.integers().between(0, 65_535);
    }

    /** Both families; no IPv4-mapped address, which is an IPv4 address. */
    public static Arbitrary<InetAddress> address() {
        return Arbitraries.oneOf(ofLength(4, 4), ofLength(16, 16)).map(Addresses::of);
    }

    /** Names of letters, digits and hyphens, in up to four labels that end with a letter. */
    public static Arbitrary<String> name() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('-', '_')
                .ofMaxLength(60)
                .map(label -> label + "z") // a last label of "0x" would be a number
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(labels -> String.join(".", labels));
    }

    public static Arbitrary<byte[]> greeting() {
        return ofLength(0, 255).map(ClientFrames::greeting);
    }

    public static Arbitrary<byte[]> login() {
        return Combinators.combine(ofLength(0, 255), ofLength(0, 255)).as(ClientFrames::login);
    }

    /** A message of the GSS-API method. */
    public static Arbitrary<byte[]> gss() {
        return Combinators.combine(Arbitraries.of(1, 2, 3, 255), ofLength(0, 300))
                .as(ClientFrames::gss);
    }

    /** Type, address and port of SOCKS5. */
    public static Arbitrary<byte[]> destination() {
        Arbitrary<byte[]> addresses = Combinators.combine(address(), port()).as(ClientFrames::address);
        Arbitrary<byte[]> names =
                Combinators.combine(name().map(AnyOctets::ascii), port()).as(ClientFrames::name);
        Arbitrary<byte[]> noNames =
                Combinators.combine(ofLength(0, 255), port()).as(ClientFrames::name);
        return Arbitraries.oneOf(addresses, names, noNames);
    }

    public static Arbitrary<byte[]> request5() {
        return Combinators.combine(command(), destination()).as(ClientFrames::request5);
    }

    /** Header and payload of UDP. */
    public static Arbitrary<byte[]> datagram() {
        return Combinators.combine(octet(), destination(), ofLength(0, 30))
                .as((fragment, destination, payload) ->
                        join(ClientFrames.octets(0, 0, fragment), destination, payload));
    }

    public static Arbitrary<byte[]> request4() {
        Arbitrary<byte[]> four = Combinators.combine(command(), port(), ofLength(4, 4), withoutNul(300))
                .as(ClientFrames::request4);
        Arbitrary<byte[]> fourA = Combinators.combine(
                        command(), port(), octet(), withoutNul(300), Arbitraries.oneOf(ascii(name()), withoutNul(300)))
                .as(ClientFrames::request4a);
        return Arbitraries.oneOf(four, fourA);
    }

    /** What a balancer says before a client, in both versions. */
    public static Arbitrary<byte[]> proxyHeader() {
        Arbitrary<byte[]> lines = Combinators.combine(address(), address(), port(), port())
                .as((source, destination, from, to) -> ascii("PROXY TCP%d %s %s %d %d\r\n"
                        .formatted(
                                source.getAddress().length == 4 ? 4 : 6,
                                Addresses.format(source),
                                Addresses.format(destination),
                                from,
                                to)));
        Arbitrary<byte[]> frames = Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.of(0x20, 0x21), octet()),
                        Arbitraries.oneOf(Arbitraries.of(0x00, 0x11, 0x21), octet()),
                        Arbitraries.oneOf(ofLength(12, 12), ofLength(36, 36), ofLength(0, 300)))
                .as(ClientFrames::proxyHeader);
        return Arbitraries.oneOf(lines, frames);
    }

    /** Everything that a client says up to its request, and what it has to say to the target. */
    public static Arbitrary<byte[]> conversation() {
        Arbitrary<byte[]> greetings = Arbitraries.of(
                        new byte[] {0},
                        new byte[] {2},
                        new byte[] {0, 2},
                        new byte[] {2, 0},
                        new byte[] {1},
                        new byte[0])
                .map(ClientFrames::greeting);
        Arbitrary<byte[]> early = ofLength(0, 20);
        Arbitrary<byte[]> without =
                Combinators.combine(greetings, request5(), early).as((a, b, c) -> join(a, b, c));
        Arbitrary<byte[]> with =
                Combinators.combine(greetings, login(), request5(), early).as((a, b, c, d) -> join(a, b, c, d));
        Arbitrary<byte[]> wrapped =
                Combinators.combine(greetings, gss(), gss(), gss()).as((a, b, c, d) -> join(a, b, c, d));
        Arbitrary<byte[]> four = Combinators.combine(request4(), early).as((a, b) -> join(a, b));
        return Arbitraries.oneOf(without, with, wrapped, four);
    }

    /** The message, or what some changed octets, a cut or more octets have made of it, or noise. */
    public static Arbitrary<byte[]> orTamperedWith(Arbitrary<byte[]> message) {
        Arbitrary<byte[]> changed = Combinators.combine(
                        message, Arbitraries.integers().between(0, 400), Arbitraries.bytes())
                .as(AnyOctets::change);
        Arbitrary<byte[]> cut = Combinators.combine(
                        message, Arbitraries.integers().between(0, 400))
                .as((octets, length) -> length < octets.length ? Arrays.copyOf(octets, length) : octets);
        Arbitrary<byte[]> longer = Combinators.combine(message, ofLength(0, 40)).as((a, b) -> join(a, b));
        return Arbitraries.oneOf(message, changed, cut, longer, ofLength(0, 400));
    }

    private static byte[] change(byte[] octets, int index, byte value) {
        byte[] changed = octets.clone();
        if (changed.length > 0) {
            changed[index % changed.length] = value;
        }
        return changed;
    }

    private static Arbitrary<Integer> command() {
        return Arbitraries.oneOf(Arbitraries.of(1, 2, 3), octet());
    }

    private static Arbitrary<byte[]> withoutNul(int most) {
        return Arbitraries.bytes()
                .filter(octet -> octet != 0)
                .array(byte[].class)
                .ofMaxSize(most);
    }

    private static Arbitrary<byte[]> ascii(Arbitrary<String> text) {
        return text.map(AnyOctets::ascii);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
