package io.socksgateway.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.socksgateway.deploy.bench.result.Figure;
import io.socksgateway.deploy.bench.result.Measurement;
import io.socksgateway.deploy.bench.result.Results;
import io.socksgateway.deploy.bench.server.PackagedGateway;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark with the gateway alone and next to no time: that it works, not what it finds. */
@EnabledOnOs(OS.LINUX)
class BenchIT {

    /** One of each kind. */
    private static final Set<String> QUICK =
            Set.of("idle", "start", "down-1", "up-8", "echo-64", "connect-64", "login-64", "udp-512");

    @Test
    void measuresThePackagedGateway(@TempDir Path folder) throws Exception {
        PackagedGateway gateway = new PackagedGateway("gateway", "", "-XX:TieredStopAtLevel=1");
        List<Scenario> scenarios = Scenarios.all().stream()
                .filter(scenario -> QUICK.contains(scenario.id()))
                .toList();
        Plan plan = new Plan(scenarios, List.of(gateway), 0.2, 1, 0, 50, 5, folder);

        Results results = new Bench(plan, new PrintStream(PrintStream.nullOutputStream())).run();
        String report = new Report(plan, Goals.all(), results).write();

        assertThat(results.faults()).isEmpty();
        assertThat(plan.scenarios()).allSatisfy(scenario -> assertThat(results.servers(scenario.id()))
                .as(scenario.id())
                .contains("gateway"));
        assertThat(results.all())
                .filteredOn(
                        one -> !one.scenario().equals("idle") && !one.scenario().equals("start"))
                .hasSize(11)
                .allSatisfy(one -> assertThat(one.figures().get(Figure.RATE)).isPositive());
        Measurement idle = results.all().get(0);
        assertThat(idle.figures()).containsEntry(Figure.TUNNELS, 50.0);
        // one that was there before may be closed meanwhile
        assertThat(idle.figures().get(Figure.DESCRIPTORS)).isCloseTo(2.0, offset(0.1));
        assertThat(report)
                .containsPattern("\\| idle \\| descriptors/tunnel \\| (1\\.9|2\\.[01])\\d \\|")
                .contains("| login-64 |");
        assertThat(new JsonObject(Files.readString(folder.resolve("results.json"))).getJsonArray("measurements"))
                .hasSize(results.all().size());
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve("results.svg").toFile())
                        .getElementsByTagName("g")
                        .getLength())
                .isEqualTo(plan.scenarios().size());
    }
}
