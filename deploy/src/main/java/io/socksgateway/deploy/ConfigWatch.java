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

/** Looks whether the files of the configuration have changed, and says so once they stay as they are. */
final class ConfigWatch extends VerticleBase {

    private static final long PERIOD = 2_000;

    private final Path config;
    private final BooleanSupplier wanted;
    private final Runnable changed;
    private final long period;
    private Map<Path, Optional<FileVersion>> known = Map.of();
    private Map<Path, Optional<FileVersion>> lastSeen = Map.of();

    /**
     * @param config file or folder
     * @param wanted whether to say so: {@code node.watch}
     */
    ConfigWatch(Path config, BooleanSupplier wanted, Runnable changed) {
        this(config, wanted, changed, PERIOD);
    }

    /**
     * The same at another pace.
     *
     * @param period milliseconds from one look to the next
     */
    ConfigWatch(Path config, BooleanSupplier wanted, Runnable changed, long period) {
        this.config = config;
        this.wanted = wanted;
        this.changed = changed;
        this.period = period;
    }

    @Override
    public Future<?> start() {
        long unused = vertx.setPeriodic(period, tick -> look());
        return vertx.executeBlocking(() -> {
            known = ConfigLoader.versions(config);
            lastSeen = known;
            return null;
        });
    }

    /** One at a time, in order. */
    @CanIgnoreReturnValue
    private Future<Void> look() {
        return vertx.executeBlocking(() -> {
            Map<Path, Optional<FileVersion>> before = lastSeen;
            lastSeen = ConfigLoader.versions(config);
            // once two looks in a row have seen the same: until then somebody may still be writing
            if (lastSeen.equals(before) && !lastSeen.equals(known)) {
                known = lastSeen;
                if (wanted.getAsBoolean()) {
                    changed.run();
                }
            }
            return null;
        });
    }
}
