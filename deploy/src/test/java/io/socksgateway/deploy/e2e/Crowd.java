package io.socksgateway.deploy.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many clients at once. */
final class Crowd {

    private Crowd() {}

    /** Lets them all go at the same moment, and waits for the results of all, in order; then fails if one has failed. */
    static <T> List<T> run(int size, IntFunction<Callable<T>> member) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            CyclicBarrier gate = new CyclicBarrier(size);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Callable<T> task = member.apply(i);
                running.add(threads.submit(() -> {
                    gate.await(60, TimeUnit.SECONDS);
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            ExecutionException failed = null;
            for (Future<T> one : running) {
                try {
                    results.add(one.get(120, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    failed = failed == null ? e : failed;
                }
            }
            if (failed != null) {
                throw failed;
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
