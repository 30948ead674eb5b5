package io.socksgateway.deploy.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configurations of packages, read as the gateway reads them. */
final class ConfigurationFiles {

    private ConfigurationFiles() {}

    /** The only thing that may be said about it. */
    record Checked(GatewayConfig config, List<String> warnings) {}

    /**
     * Reads a folder, which must be a valid configuration.
     *
     * @param environment the value of every variable
     */
    static Checked valid(Path folder, String environment) {
        Vertx vertx = Vertx.vertx();
        try {
            LoadedConfig loaded =
                    new ConfigLoader(vertx, name -> environment).load(folder).await();
            assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
            LoadedConfig.Valid valid = (LoadedConfig.Valid) loaded;
            return new Checked(
                    valid.config(),
                    valid.warnings().stream().map(Object::toString).toList());
        } finally {
            vertx.close().await();
        }
    }

    /** Puts files of a package into a folder, with a folder of secrets in the place of the one that they name. */
    static void copy(Path folder, String secrets, Path... files) throws IOException {
        Path own = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(own.resolve("users.json"), "{\"users\": []}");
        Files.writeString(own.resolve("admin-token"), "0123456789abcdef0123456789abcdef");
        for (Path file : files) {
            Files.writeString(
                    folder.resolve(file.getFileName()), Files.readString(file).replace(secrets, own + "/"));
        }
    }
}
