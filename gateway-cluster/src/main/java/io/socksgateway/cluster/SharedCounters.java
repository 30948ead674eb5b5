package io.socksgateway.cluster;

import io.socksgateway.cluster.CounterDesk.Round;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The counters as they are in the map of the cluster.
 *
 * <p>Confined to its event loop.
 *
 * @param worthwhile whether what is not sure to be kept shall be tried again
 */
record SharedCounters(
        ShareMap map, SureAnswers sure, EventLoop loop, Aside aside, OperationCount count, BooleanSupplier worthwhile)
        implements CounterDesks.Counters {

    @Override
    public void adjust(String counter, Round round, BiConsumer<@Nullable Standing, @Nullable Throwable> answer) {
        count.adjusted(round);
        // on the event loop, and so without the thread that Hazelcast would start for it
        CompletionStage<?> unused = sure.of(counter, round.wanted() > 0, () -> map.adjust(counter, round), worthwhile)
                .whenCompleteAsync(answer, loop);
    }

    @Override
    public void settle(
            Map<String, Integer> held, BiConsumer<@Nullable Map<String, Standing>, @Nullable Throwable> answer) {
        count.settled();
        aside.run(
                () -> map.settle(held),
                stage -> {
                    CompletionStage<?> unused = stage.whenCompleteAsync(answer, loop);
                },
                failure -> answer.accept(null, failure));
    }

    @Override
    public @Nullable UUID keeper(String counter) {
        return map.keeper(counter);
    }
}
