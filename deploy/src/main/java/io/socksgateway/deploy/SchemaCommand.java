package io.socksgateway.deploy;

import io.socksgateway.core.config.ConfigSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code schema}: the JSON Schema of the configuration. */
@Command(name = "schema", description = "Prints the JSON Schema of the configuration.")
final class SchemaCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(ConfigSchema.text().strip());
    }
}
