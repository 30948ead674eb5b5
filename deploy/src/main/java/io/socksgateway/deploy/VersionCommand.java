package io.socksgateway.deploy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}: the gateway's version and that of Java. */
@Command(name = "version", description = "Prints the versions of the gateway and of Java.")
final class VersionCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(Version.text() + " on Java " + Runtime.version());
    }
}
