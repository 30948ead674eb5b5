package io.socksgateway.cluster;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs operations that wait for the owners of entries, and so may not run on an event loop; nor on a worker of Vert.x, whose
 * answer would find no event loop any more when one of them outlives the node.
 *
 * <p>Thread-safe.
 */
final class Aside {

    private final ExecutorService threads = Executors.newCachedThreadPool(Aside::daemon);
    private final Executor loop;

    /**
     * @param loop where results and failures are told
     */
    Aside(Executor loop) {
        this.loop = loop;
    }

    <T> void run(Callable<T> operation, Consumer<T> then, Consumer<Exception> failed) {
        try {
            threads.execute(() -> {
                try {
                    T result = operation.call();
                    loop.execute(() -> then.accept(result));
                } catch (Exception failure) {
                    tell(failed, failure);
                }
            });
        } catch (RejectedExecutionException closed) {
            // nobody needs it any more
        }
    }

    private void tell(Consumer<Exception> failed, Exception failure) {
        try {
            loop.execute(() -> failed.accept(failure));
        } catch (RejectedExecutionException closed) {
            // the event loop has ended
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "quota-store");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts nothing more. */
    void close() {
        threads.shutdown();
    }
}
