package io.socksgateway.core.wire;

import io.socksgateway.testkit.Hex;
import java.util.List;
import java.util.stream.Stream;

/** Names in hex that no request may have, each of at most 255 octets. */
final class BadNames {

    private BadNames() {}

    static List<String> all() {
        return Stream.concat(Stream.of(Hex.ascii("a\0b")), withoutNul().stream())
                .toList();
    }

    static List<String> withoutNul() {
        String longLabel = "a".repeat(64);
        String octets254 = ("a".repeat(63) + ".").repeat(3) + "b".repeat(62);
        return Stream.of(
                        "",
                        ".",
                        "a\rb",
                        "a\nb",
                        "a\r\nHost: b",
                        "a b",
                        "\u007F",
                        ".a",
                        "a..b",
                        longLabel,
                        "x." + longLabel + ".y",
                        octets254,
                        octets254 + ".",
                        "127.1",
                        "0x7f.1",
                        "2130706433",
                        "0x7f000001",
                        "example.com:80",
                        "[192.0.2.1]",
                        "[example.com]",
                        "[2001:db8::1",
                        "[2001:db8::1]:80",
                        "fe80::1%eth0",
                        "１２７.0.0.1",
                        "\uFFFD")
                .map(Hex::ascii)
                .toList();
    }
}
