package io.socksgateway.deploy;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code version}: the gateway's version and that of Java. */
@Command(name = "version", description = "Prints the versions of the gateway and of Java.")
final class VersionCommand implements Runnable {

    @Option(names = "--json", description = "Prints JSON: version, java.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        String java = Runtime.version().toString();
        if (json) {
            Printing.json(
                    spec.commandLine().getOut(),
                    new JsonObject().put("version", Version.number()).put("java", java));
        } else {
            spec.commandLine().getOut().println(Version.text() + " on Java " + java);
        }
    }
}
