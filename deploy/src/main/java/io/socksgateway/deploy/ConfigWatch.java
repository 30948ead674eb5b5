package io.socksgateway.deploy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.FileVersion;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks whether the files of the configuration, and those of its secrets, have changed, and says so once they stay as they are. */
final class ConfigWatch extends VerticleBase {

    private static final long PERIOD = 2_000;

    private final Path config;
    private final Supplier<Map<Path, Optional<FileVersion>>> read;
    private final BooleanSupplier wanted;
    private final Runnable changed;
    private final long period;
    private Map<Path, Optional<FileVersion>> lastSeen = Map.of();
    private Map<Path, Optional<FileVersion>> lastTold = Map.of();

    /**
     * @param config file or folder
     * @param read the files that were read last, whoever asked for it, those of secrets among them, and in which version
     * @param wanted whether to say so: {@code node.watch}
     */
    ConfigWatch(
            Path config, Supplier<Map<Path, Optional<FileVersion>>> read, BooleanSupplier wanted, Runnable changed) {
        this(config, read, wanted, changed, PERIOD);
    }

    /**
     * The same at another pace.
     *
     * @param period milliseconds from one look to the next
     */
    ConfigWatch(
            Path config,
            Supplier<Map<Path, Optional<FileVersion>>> read,
            BooleanSupplier wanted,
            Runnable changed,
            long period) {
        this.config = config;
        this.read = read;
        this.wanted = wanted;
        this.changed = changed;
        this.period = period;
    }

    @Override
    public Future<?> start() {
        long unused = vertx.setPeriodic(period, tick -> look());
        return Future.succeededFuture();
    }

    /** One at a time, in order. */
    @CanIgnoreReturnValue
    private Future<Void> look() {
        return vertx.executeBlocking(() -> {
            Map<Path, Optional<FileVersion>> known = read.get();
            Map<Path, Optional<FileVersion>> before = lastSeen;
            lastSeen = ConfigLoader.versions(config, known.keySet());
            // once two looks in a row have seen the same: until then somebody may still be writing
            if (lastSeen.equals(before) && !lastSeen.equals(known) && !lastSeen.equals(lastTold)) {
                lastTold = lastSeen;
                if (wanted.getAsBoolean()) {
                    changed.run();
                }
            }
            return null;
        });
    }
}
