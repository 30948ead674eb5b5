package io.socksgateway.deploy;

import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.deploy.admin.Readiness;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The operations of a gateway that has a process for itself: to drain is to end it in order, as a signal would.
 *
 * <p>Thread-safe.
 */
final class ProcessOperations implements Operations {

    private final AtomicBoolean draining = new AtomicBoolean();
    private final Reloads reloads;
    private final Readiness readiness;

    ProcessOperations(Reloads reloads, Readiness readiness) {
        this.reloads = reloads;
        this.readiness = readiness;
    }

    @Override
    public void drain() {
        readiness.draining(); // at once: who asks next is to find it so, also if it still starts
        if (draining.compareAndSet(false, true)) {
            // Ends only once the shutdown hook has, which waits for the sessions.
            new Thread(() -> System.exit(ExitCode.OK), "drain").start();
        }
    }

    @Override
    public Future<Reload> reload() {
        return reloads.reload();
    }
}
