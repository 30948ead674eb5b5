package io.socksgateway.core.config;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.socksgateway.testkit.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code target/pem}: certificates and keys, right and wrong ones, for documents that name them. */
final class PemFolder {

    static final Path PATH = Path.of("target", "pem");

    static final TestCa CA = TestCa.create();

    /** Nobody gets as far as to see that there is no key in them. */
    private static final String ENCRYPTED =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIG4MCMG\n-----END ENCRYPTED PRIVATE KEY-----\n";

    private static final String ENCRYPTED_AS_BEFORE = """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,00

            MIG4MCMG
            -----END RSA PRIVATE KEY-----
            """;

    private PemFolder() {}

    static void fill() {
        try {
            Files.createDirectories(PATH);
            TestCa.write(PATH, "edge", CA.issue());
            TestCa.write(PATH, "other", CA.issue());
            TestCa.write(PATH, "rsa", CA.issue(CertificateBuilder::rsa2048));
            X509Bundle expired = CA.issue(builder -> builder.notBefore(Instant.parse("2020-01-02T03:04:05Z"))
                    .notAfter(Instant.parse("2021-02-03T03:04:05Z")));
            TestCa.write(PATH, "expired", expired);
            TestCa.write(
                    PATH,
                    "soon",
                    CA.issue(builder -> builder.notAfter(Instant.now().plus(Duration.ofDays(13)))));
            Files.writeString(PATH.resolve("locked.key"), ENCRYPTED);
            Files.writeString(PATH.resolve("locked-rsa.key"), ENCRYPTED_AS_BEFORE);
            tear("edge.crt", "torn.crt");
            tear("edge.key", "torn.key");
            Files.writeString(
                    PATH.resolve("huge.crt"), Files.readString(PATH.resolve("edge.crt")) + " ".repeat(1 << 20));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a line out of the middle. */
    private static void tear(String from, String to) throws IOException {
        String[] lines = Files.readString(PATH.resolve(from)).split("\\R");
        lines[1] = "";
        Files.write(PATH.resolve(to), List.of(lines));
    }
}
