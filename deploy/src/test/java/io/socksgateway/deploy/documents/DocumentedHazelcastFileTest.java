package io.socksgateway.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.cluster.ClusterCheck;
import io.socksgateway.core.config.ConfigReader;
import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of Hazelcast's own in the chapter on clustering goes with the gateway. */
class DocumentedHazelcastFileTest {

    @Test
    void isRight(@TempDir Path folder) throws IOException {
        Documents.Block block =
                Documents.blocks(Path.of("docs", "clustering.md"), "yaml").get(0);
        Files.writeString(folder.resolve("hazelcast.yaml"), block.text());

        LoadedConfig loaded = new ConfigReader(folder, name -> null)
                .read(new JsonObject(
                        "{\"cluster\": {\"discovery\": \"hazelcast\", \"hazelcast\": \"hazelcast.yaml\"}}"));

        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        assertThat(ClusterCheck.errors(((LoadedConfig.Valid) loaded).config().cluster()))
                .isEmpty();
    }
}
