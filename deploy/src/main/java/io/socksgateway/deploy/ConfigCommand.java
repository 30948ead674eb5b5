package io.socksgateway.deploy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code config}: the configuration that a node runs by. */
@Command(
        name = "config",
        description = {
            "Prints the configuration that is in force at a node, with defaults and without secrets.",
            "What its files hold by now may be another one: reload puts that in force."
        })
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private AdminOptions admin;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        return admin.run((gateway, vertx) -> Printing.json(spec.commandLine().getOut(), gateway.get("config")));
    }
}
