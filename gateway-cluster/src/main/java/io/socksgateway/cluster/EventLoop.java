package io.socksgateway.cluster;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.Executor;

/**
 * The event loop that a component is confined to. A task runs at once if the caller is already there, else behind those
 * that came before it.
 *
 * <p>Thread-safe.
 */
final class EventLoop implements Executor {

    private final ContextInternal context;

    private EventLoop(ContextInternal context) {
        this.context = context;
    }

    /** The event loop of a verticle. */
    static EventLoop of(Context context) {
        return new EventLoop((ContextInternal) context);
    }

    /** An event loop that is nobody's in particular. */
    static EventLoop next(Vertx vertx) {
        return new EventLoop(((VertxInternal) vertx).createEventLoopContext());
    }

    @Override
    public void execute(Runnable task) {
        if (context.inThread()) {
            task.run();
        } else {
            context.runOnContext(ready -> task.run());
        }
    }

    /** Runs the task on this event loop after so many milliseconds. */
    void after(long delay, Runnable task) {
        context.setTimer(delay, id -> task.run());
    }

    /** Runs the task on this event loop every so many milliseconds, until Vert.x is told to cancel the returned timer. */
    long every(long period, Runnable task) {
        return context.setPeriodic(period, id -> task.run());
    }
}
