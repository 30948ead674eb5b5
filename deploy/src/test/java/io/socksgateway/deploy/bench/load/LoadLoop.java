package io.socksgateway.deploy.bench.load;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread with sockets. Everything that belongs to them is done on it. */
public final class LoadLoop implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop loop;
    private final NativeOctets scratch = NativeOctets.allocate(Pattern.MAX_PART);
    private final Discard discard;

    public LoadLoop(String name) {
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
        loop = group.next();
        try {
            discard = new Discard();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where whoever reads on this loop finds what was received, until the next read. */
    NativeOctets scratch() {
        return scratch;
    }

    Discard discard() {
        return discard;
    }

    IoRegistration register(IoHandle handle) {
        return loop.register(handle).getNow();
    }

    /** Runs it on the loop after so many milliseconds. */
    void after(long millis, Runnable task) {
        loop.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Runs it on the loop again and again, until the result is cancelled. */
    Future<?> every(long millis, Runnable task) {
        return loop.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Runs it on the loop and waits for its result. */
    public <T> T call(Callable<T> task) throws InterruptedException {
        try {
            return loop.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Runs it on the loop and waits for its end. */
    public void run(Runnable task) throws InterruptedException {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** Waits until it is so, as seen from the loop; false if it is not in time. */
    public boolean await(double seconds, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!call(condition::getAsBoolean)) {
            if (System.nanoTime() - start > seconds * 1e9) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** Waits while the loop works. */
    public void last(double seconds) throws InterruptedException {
        try {
            loop.schedule(() -> {}, (long) (seconds * 1e9), TimeUnit.NANOSECONDS)
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        discard.close();
    }
}
