package io.socksgateway.deploy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a process that may be told to end at any time. While its gateway still starts, the start is cut short at the next
 * step, and what there is by then is stopped in order.
 *
 * <p>Thread-safe.
 */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger("io.socksgateway");

    /** For a start to come to its next step; joining a cluster takes the longest. */
    private static final long STEP_SECONDS = 60;

    private final Promise<Void> asked = Promise.promise();
    private final CompletableFuture<Service> start = new CompletableFuture<>();
    private volatile boolean failed;

    /** Completed once the process was told to end. */
    Future<Void> asked() {
        return asked.future();
    }

    boolean isAsked() {
        return asked.future().isComplete();
    }

    /**
     * Lets a start take its next step.
     *
     * @throws CommandFailure with code 0 and no words, if the process was told to end
     */
    void goOn() throws CommandFailure {
        if (isAsked()) {
            LOG.info("told to stop while it starts");
            throw new CommandFailure(ExitCode.OK, List.of());
        }
    }

    /** The start is over. */
    void started(Service service) {
        boolean unused = start.complete(service);
    }

    /** What has started cannot go on, so that it is not in order however well it can be stopped. */
    void failed() {
        failed = true;
    }

    /** The start is over, and there is nothing left to stop. */
    void notStarted(Throwable why) {
        boolean unused = start.completeExceptionally(why);
    }

    /**
     * What a shutdown hook does: stops what there is.
     *
     * @param halt takes the exit code, which then says how it ended, and not by which signal it was told to; not called after a
     *     start that failed, which has a code of its own
     */
    void end(IntConsumer halt) {
        boolean unused = asked.tryComplete();
        try {
            boolean stopped = start.get(STEP_SECONDS, TimeUnit.SECONDS).stop();
            halt.accept(stopped && !failed ? ExitCode.OK : ExitCode.FAILED);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandFailure failure && failure.exitCode() == ExitCode.OK) {
                halt.accept(ExitCode.OK);
            }
        } catch (TimeoutException e) {
            LOG.warn("still starting, and ended as it is");
            halt.accept(ExitCode.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
