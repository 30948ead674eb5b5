package io.socksgateway.deploy;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signal SIGHUP, by which a daemon is told to read its configuration again. */
final class HangUp {

    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /**
     * Runs something at each signal, instead of ending the process: on a thread of the JVM, or once there is what to run, for
     * signals that come before. By reflection, as the compiler warns of the only class there is for it; without that class
     * nothing happens.
     */
    static void handle(CompletionStage<Runnable> action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            CompletionStage<Void> unused = action.thenAccept(Runnable::run);
                            return null;
                        }
                        return switch (method.getName()) {
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> "SIGHUP";
                        };
                    });
            Object unused = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("no SIGHUP here", e);
        }
    }
}
