package io.socksgateway.core.tcp;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.config.FileVersion;
import io.socksgateway.core.config.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the files of listeners' {@code tls} have changed, as they do when a certificate is renewed, and reads them
 * again. While they are wrong, or do not belong together, listeners keep what they have, and the log says so once.
 */
public final class TlsFilesVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFilesVerticle.class);

    /** Milliseconds from one look at the files to the next. */
    public static final long PERIOD = 10_000;

    private volatile List<Watched> watched;
    private final long period;

    /** The listeners with {@code tls}, by name. */
    public TlsFilesVerticle(Map<String, ServerTls> listeners) {
        this(listeners, PERIOD);
    }

    /**
     * The same at another pace.
     *
     * @param listeners those with {@code tls}, by name
     * @param period milliseconds from one look at the files to the next
     */
    public TlsFilesVerticle(Map<String, ServerTls> listeners, long period) {
        this.watched = watched(listeners);
        this.period = period;
    }

    /**
     * One that is no listener for clients.
     *
     * @param name what the log calls it
     * @param period milliseconds from one look at the files to the next
     */
    public TlsFilesVerticle(String name, ReloadableTls tls, long period) {
        this.watched = List.of(new Watched(name, tls));
        this.period = period;
    }

    private static List<Watched> watched(Map<String, ServerTls> listeners) {
        return listeners.entrySet().stream()
                .map(listener -> new Watched("listener " + listener.getKey(), listener.getValue()))
                .toList();
    }

    /** Looks after these listeners from now on. */
    public void watch(Map<String, ServerTls> listeners) {
        watched = watched(listeners);
    }

    @Override
    public Future<?> start() {
        long unused = vertx.setPeriodic(period, tick -> look());
        return Future.succeededFuture();
    }

    @CanIgnoreReturnValue
    private Future<Void> look() {
        return vertx.executeBlocking(() -> {
            watched.forEach(Watched::look);
            return null;
        });
    }

    /** The files of one place. Used by one worker at a time, in order. */
    private static final class Watched {
        private final String name;
        private final ReloadableTls tls;
        /** Those that were read last, right or wrong; at first nobody knows which that were. */
        private List<Optional<FileVersion>> known = List.of();

        private List<Optional<FileVersion>> lastSeen = List.of();

        Watched(String name, ReloadableTls tls) {
            this.name = name;
            this.tls = tls;
        }

        /** Reads once two looks in a row have seen the same: until then somebody may still be writing. */
        void look() {
            TlsFiles files = tls.config().files();
            if (files == null) {
                return;
            }
            List<Optional<FileVersion>> before = lastSeen;
            lastSeen = files.versions();
            if (lastSeen.equals(before) && !lastSeen.equals(known)) {
                known = lastSeen;
                apply(files.read());
            }
        }

        private void apply(TlsFiles.Contents contents) {
            if (contents instanceof TlsFiles.Contents.Right right) {
                if (right.config().equals(tls.config())) {
                    return;
                }
                try {
                    tls.reload(right.config());
                    LOG.info("{} has read its certificate again: {}", name, right.config());
                    right.warnings().forEach(warning -> LOG.warn("{}: {}", name, warning));
                } catch (SSLException e) {
                    LOG.warn("{} keeps its certificate: {}", name, String.valueOf(e.getMessage()));
                }
            } else if (contents instanceof TlsFiles.Contents.Wrong wrong) {
                String errors = wrong.errors().stream().map(Object::toString).collect(Collectors.joining("; "));
                LOG.warn("{} keeps its certificate: {}", name, errors);
            }
        }
    }
}
