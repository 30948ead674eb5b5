package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PluginFolderTest {

    @Test
    void isBesideTheLibraries() {
        assertThat(PluginFolder.besideLibraries(Path.of("/opt/gateway/lib/deploy-1.0.jar")))
                .isEqualTo(Path.of("/opt/gateway/plugins"));
    }

    @Test
    void isNowhereIfThereIsNoDistribution() {
        assertThat(PluginFolder.besideLibraries(Path.of("/src/deploy/target/classes")))
                .isNull();
        assertThat(PluginFolder.besideLibraries(Path.of("deploy.jar"))).isNull();
    }
}
