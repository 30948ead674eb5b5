package io.socksgateway.core.net.dns;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands until it is moved; it begins just before its overflow. */
final class FakeNanos implements LongSupplier {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2));

    void advanceMillis(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}
