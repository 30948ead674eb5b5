package io.socksgateway.core.relay;

import io.socksgateway.testkit.RelayPath;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does the same on every way that octets may take, at the same time: for tests that mostly wait. */
final class EachPath {

    private static final int SECONDS = 120;

    private EachPath() {}

    interface Body {
        void holdsOn(RelayPath path) throws Exception;
    }

    /** Fails with all that has failed, each with its path. */
    static void run(Body body) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Map<RelayPath, Future<?>> running = new EnumMap<>(RelayPath.class);
            for (RelayPath path : RelayPath.values()) {
                running.put(path, threads.submit(() -> {
                    body.holdsOn(path);
                    return null;
                }));
            }
            AssertionError failed = new AssertionError("not on every path");
            for (Map.Entry<RelayPath, Future<?>> each : running.entrySet()) {
                try {
                    each.getValue().get(SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                    failed.addSuppressed(new AssertionError("on path " + each.getKey() + ": " + cause, cause));
                }
            }
            if (failed.getSuppressed().length > 0) {
                throw failed;
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
