package io.socksgateway.cluster;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Grants that another member knows of. The owner of an entry that has been cut off from the others does not know that for
 * seconds; what it alone has written down, the next owner on the other side would grant again. So an operation has failed if
 * no backup was acknowledged, or there was none, and is done again until one is, or until it is known who is gone.
 *
 * <p>The operations must come to the same if they are executed more than once. Confined to an event loop.
 */
final class SureAnswers {

    /** Milliseconds between two tries; a backup that is missed takes a second more. */
    static final long PAUSE = 100;

    /** As long as members take to notice who is gone, and to put others in their place. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(15);

    private static final String ALONE = "no other member has a copy of the counter";

    private final EventLoop loop;
    private final Predicate<String> copied;

    /**
     * None yet.
     *
     * @param copied whether the entry of a counter has a backup
     */
    SureAnswers(EventLoop loop, Predicate<String> copied) {
        this.loop = loop;
        this.copied = copied;
    }

    /** Lets operations on this map fail, on this member, that a backup has not acknowledged. */
    static void demand(IMap<?, ?> map) {
        ((MapProxyImpl<?, ?>) map).setFailOnIndeterminateOperationState(true);
    }

    /**
     * Does it until it is sure.
     *
     * @param counter whose entry the operation changes
     * @param needsCopy whether it may grant what must not be granted twice; what is only told is taken by the owner alone too
     * @param worthwhile whether to try again
     */
    <T> CompletionStage<T> of(
            String counter, boolean needsCopy, Supplier<CompletionStage<T>> operation, BooleanSupplier worthwhile) {
        CompletableFuture<T> sure = new CompletableFuture<>();
        attempt(new Attempts<>(counter, needsCopy, operation, worthwhile, System.nanoTime(), sure));
        return sure;
    }

    private record Attempts<T>(
            String counter,
            boolean needsCopy,
            Supplier<CompletionStage<T>> operation,
            BooleanSupplier worthwhile,
            long begun,
            CompletableFuture<T> sure) {

        boolean mayGoOn() {
            return System.nanoTime() - begun < LONGEST && worthwhile.getAsBoolean();
        }
    }

    /** Nothing is asked for while it cannot be sure: starts would be noted with each try. */
    private <T> void attempt(Attempts<T> attempts) {
        if (!isCopied(attempts)) {
            again(attempts, new IllegalStateException(ALONE));
            return;
        }
        CompletionStage<?> unused = attempts.operation
                .get()
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure != null && !isUnsure(failure)) {
                                attempts.sure.completeExceptionally(failure);
                            } else if (failure != null) {
                                again(attempts, failure);
                            } else if (isCopied(attempts)) {
                                attempts.sure.complete(answer);
                            } else {
                                again(attempts, new IllegalStateException(ALONE));
                            }
                        },
                        loop);
    }

    private boolean isCopied(Attempts<?> attempts) {
        return !attempts.needsCopy || copied.test(attempts.counter);
    }

    private <T> void again(Attempts<T> attempts, Throwable cause) {
        if (attempts.mayGoOn()) {
            loop.after(PAUSE, () -> attempt(attempts));
        } else {
            attempts.sure.completeExceptionally(cause);
        }
    }

    private static boolean isUnsure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IndeterminateOperationStateException;
    }
}
