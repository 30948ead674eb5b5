package io.socksgateway.deploy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rehearse}: for the start script, which has the JVM write down the classes that are loaded meanwhile. */
@Command(name = "rehearse", hidden = true, description = "Starts a gateway for one session and ends it.")
final class RehearseCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return Rehearsal.run() ? ExitCode.OK : ExitCode.FAILED;
    }
}
