package io.socksgateway.deploy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.FileVersion;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks whether the files of the configuration, and those of its secrets, have changed, and says so once they stay as they are. */
final class ConfigWatch extends VerticleBase {

    private static final long PERIOD = 2_000;

    private final Path config;
    private final Supplier<Set<Path>> secretFiles;
    private final BooleanSupplier wanted;
    private final Runnable changed;
    private final long period;
    private Map<Path, Optional<FileVersion>> known;
    private Map<Path, Optional<FileVersion>> lastSeen;

    /**
     * @param config file or folder
     * @param secretFiles that the configuration names
     * @param known the versions of all of them that were read
     * @param wanted whether to say so: {@code node.watch}
     */
    ConfigWatch(
            Path config,
            Supplier<Set<Path>> secretFiles,
            Map<Path, Optional<FileVersion>> known,
            BooleanSupplier wanted,
            Runnable changed) {
        this(config, secretFiles, known, wanted, changed, PERIOD);
    }

    /**
     * The same at another pace.
     *
     * @param period milliseconds from one look to the next
     */
    ConfigWatch(
            Path config,
            Supplier<Set<Path>> secretFiles,
            Map<Path, Optional<FileVersion>> known,
            BooleanSupplier wanted,
            Runnable changed,
            long period) {
        this.config = config;
        this.secretFiles = secretFiles;
        this.known = Map.copyOf(known);
        this.lastSeen = this.known;
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
            Map<Path, Optional<FileVersion>> before = lastSeen;
            lastSeen = ConfigLoader.versions(config, secretFiles.get());
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
