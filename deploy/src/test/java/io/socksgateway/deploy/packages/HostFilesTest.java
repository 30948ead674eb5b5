package io.socksgateway.deploy.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for a host: systemd's unit, sysctl's settings, logrotate's rule. */
class HostFilesTest {

    private static final Path UNIT = Path.of("systemd", "socks-gateway.service");
    private static final Path SYSCTL = Path.of("sysctl", "90-socks-gateway.conf");
    private static final Path LOGROTATE = Path.of("logrotate", "socks-gateway");
    private static final String HOME = "/opt/socks-gateway";

    @TempDir
    private Path folder;

    /** The unit of a gateway that is here: systemd looks whether it can be started. */
    private Path unit() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(Path.of("bin", "socks-gateway"), bin.resolve("socks-gateway"));
        return Files.writeString(
                folder.resolve("socks-gateway.service"), Files.readString(UNIT).replace(HOME, folder.toString()));
    }

    @Test
    void theUnitSaysHowTheGatewayIsRun() throws IOException {
        List<String> lines = Files.readAllLines(UNIT);

        assertThat(lines)
                .contains(
                        "ExecStart=" + HOME + "/bin/socks-gateway run --config /etc/socks-gateway",
                        "ExecReload=/bin/kill -HUP $MAINPID",
                        "Restart=on-failure",
                        "RestartPreventExitStatus=2 23",
                        "RestartForceExitStatus=SIGHUP 129",
                        "LogRateLimitIntervalSec=0",
                        "DynamicUser=yes",
                        "ProtectSystem=strict",
                        "CacheDirectory=socks-gateway");
        assertThat(number(lines, "LimitNOFILE=")).isGreaterThanOrEqualTo(524_288);
        assertThat(number(lines, "TimeoutStopSec=")).isGreaterThanOrEqualTo(60 + 80);
    }

    private static int number(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> Integer.parseInt(line.substring(key.length()).replace("s", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void systemdFindsNothingWrongWithTheUnit() throws Exception {
        Tool analyze = Tool.required("systemd-analyze");

        assertThat(analyze.passes("verify", "--man=no", unit().toString())).isEmpty();
    }

    /** 0 is locked up, 10 is open; 2 is what remains for a server that talks to anybody and compiles at run time. */
    @Test
    void systemdFindsTheUnitHardened() throws Exception {
        Tool analyze = Tool.required("systemd-analyze");
        assumeTrue(analyze.passes("--help").contains("--threshold"), "systemd-analyze is too old to judge a file");

        analyze.passes("security", "--offline=yes", "--threshold=20", "--no-pager", unit().toString());
    }

    @Test
    void theKernelKnowsEachSetting() throws IOException {
        Path kernel = Path.of("/proc/sys");
        assumeTrue(Files.isDirectory(kernel.resolve("net/ipv4")), "no Linux");
        Pattern setting = Pattern.compile("(-?)([a-z_0-9.-]+) = (\\S.*)");

        assertThat(Files.readAllLines(SYSCTL).stream().filter(line -> !line.isEmpty() && !line.startsWith("#")))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line).matches(setting);
                    if (!line.startsWith("-")) {
                        String key = setting.matcher(line).replaceAll("$2");
                        assertThat(kernel.resolve(key.replace('.', '/'))).exists();
                    }
                });
    }

    @Test
    void logrotateMovesTheLogAway() throws Exception {
        Tool logrotate = Tool.required("logrotate");
        Path log = folder.resolve("access.log");
        Files.writeString(log, "{}\n");
        Path rule = Files.writeString(
                folder.resolve("rule"),
                Files.readString(LOGROTATE).replace("/var/log/socks-gateway/access.log", log.toString()));
        // it reads no rule that others might have written
        Files.setPosixFilePermissions(rule, PosixFilePermissions.fromString("rw-r--r--"));

        logrotate.passes("--force", "--state", folder.resolve("state").toString(), rule.toString());

        assertThat(log).doesNotExist();
        assertThat(folder.resolve("access.log.1")).hasContent("{}");
    }
}
