package io.socksgateway.deploy;

import io.socksgateway.core.config.ConfigSchema;
import io.socksgateway.deploy.reference.ConfigurationReference;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code schema}: the JSON Schema of the configuration, for machines and, as a reference of all keys, for people. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of the configuration, or the reference of all its keys.")
final class SchemaCommand implements Runnable {

    @Option(names = "--markdown", description = "The reference instead: every key with type, default and example.")
    private boolean markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        String schema = ConfigSchema.text();
        spec.commandLine()
                .getOut()
                .println((markdown ? ConfigurationReference.markdown(new JsonObject(schema)) : schema).strip());
    }
}
