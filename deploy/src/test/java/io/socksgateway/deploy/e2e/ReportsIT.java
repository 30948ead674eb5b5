package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.KeptSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the integration tests of all modules have left behind as their output holds none of the passwords that they used. */
class ReportsIT {

    private static final Path PROJECT = Path.of("..");
    private static final String OWN = "reports-horse-7141";

    @BeforeAll
    static void use() {
        KeptSecrets.add(List.of(OWN));
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(PROJECT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList();
        }
    }

    private static Set<String> secrets() throws IOException {
        Set<String> all = new TreeSet<>();
        for (Path module : modules()) {
            all.addAll(KeptSecrets.of(module));
        }
        return all;
    }

    /** The files in a folder that hold any of the secrets. */
    private static List<Path> leaks(Path reports, Set<String> secrets) throws IOException {
        List<Path> leaks = new ArrayList<>();
        if (Files.isDirectory(reports)) {
            try (Stream<Path> files = Files.list(reports)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    if (secrets.stream().anyMatch(secret -> text.contains(asIso(secret)))) {
                        leaks.add(file);
                    }
                }
            }
        }
        return leaks;
    }

    /** A secret in UTF-8 as it looks in a text that was read octet by octet. */
    private static String asIso(String secret) {
        return new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void noReportOfAnIntegrationTestHoldsAPassword() throws IOException {
        Set<String> secrets = secrets();
        assertThat(secrets).contains(OWN);

        for (Path module : modules()) {
            assertThat(leaks(module.resolve(Path.of("target", "failsafe-reports")), secrets))
                    .isEmpty();
        }
    }

    @Test
    void onePasswordWouldBeFound(@TempDir Path reports) throws IOException {
        Files.writeString(reports.resolve("fine.txt"), "nothing");
        Path leak = Files.writeString(reports.resolve("leak.txt"), "login of bob with bräuhaus-" + OWN + "!");

        assertThat(leaks(reports, Set.of("x", "bräuhaus-" + OWN))).containsExactly(leak);
    }
}
