package io.socksgateway.deploy.bench.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.bench.load.Fault;
import io.socksgateway.deploy.bench.server.ProcessTree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The crowd in short: nobody is lost, and newcomers are served. */
@EnabledOnOs(OS.LINUX)
class CrowdIT {

    private static final int TUNNELS = 1_500;

    @Test
    void manyTunnelsAreHeldWhileNewOnesAreServed(@TempDir Path folder) throws Exception {
        int tunnels = Math.min(TUNNELS, Places.tunnels(ProcessTree.descriptorLimit()));

        CrowdRun.Result result = new CrowdRun(new CrowdRun.Plan(tunnels, 0.3, folder, "-XX:TieredStopAtLevel=1")).run();

        // on a busy machine a newcomer may have to wait for longer than it likes
        assertThat(result.faults().keySet()).isSubsetOf(Fault.TIMEOUT);
        assertThat(result.held()).isEqualTo(tunnels);
        assertThat(result.answering()).isEqualTo(tunnels);
        assertThat(result.among().count()).isPositive();
        assertThat(result.descriptorsPerTunnel()).isBetween(1.9, 2.2);
        assertThat(result.kibPerTunnel()).as("KiB").isLessThan(256);
    }

    @Test
    void asManyAsThereAreDescriptorsFor() {
        assertThat(Places.tunnels(20_000)).isBetween(7_500, 7_800);
        assertThat(Places.tunnels(65_536)).isBetween(15_000, 32_768);
        assertThat(Places.tunnels(100)).isOne();
    }
}
