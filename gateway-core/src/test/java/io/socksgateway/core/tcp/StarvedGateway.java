package io.socksgateway.core.tcp;

import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.testkit.CoreGateway;
import java.io.IOException;

/** A gateway in a process of its own: prints its port, and ends when its input does. */
final class StarvedGateway {

    private static final long LONG_MILLIS = 120_000;

    private StarvedGateway() {}

    /** Starts it, with timeouts that no test waits for. */
    public static void main(String[] args) throws IOException {
        TimeoutsConfig patient = new TimeoutsConfig(
                LONG_MILLIS, LONG_MILLIS, LONG_MILLIS, LONG_MILLIS, LONG_MILLIS, LONG_MILLIS, LONG_MILLIS);
        try (CoreGateway gateway = CoreGateway.setup().timeouts(patient).start()) {
            System.out.println("port " + gateway.address().getPort());
            while (System.in.read() >= 0) {}
        }
    }
}
