package io.socksgateway.cluster.usage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.socksgateway.core.config.StoreConfig;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database behind a {@link UsageTable}: the one that the configuration names, or a file of the node.
 *
 * <p>Nothing is connected to, or made, before it is used. Thread-safe; connecting blocks.
 */
public final class UsageDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageDatabase.class);

    /** Milliseconds until a database that cannot be connected to has failed. */
    private static final long CONNECTING = 3_000;

    /** Milliseconds until one that does not answer has failed. */
    private static final long ANSWERING = 10_000;

    /** Milliseconds too; H2 takes nothing that the URL says otherwise. */
    private static final String H2_TIMEOUT = "NETWORK_TIMEOUT";

    /** One that writes, and one that reads at the start. */
    private static final int CONNECTIONS = 2;

    /** It is closed by us, keeps no log of its own, takes 8 MiB of heap at most, and has both connections wait for each other. */
    private static final String FILE_SETTINGS =
            ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;CACHE_SIZE=8192;LOCK_TIMEOUT=" + ANSWERING;

    private final HikariConfig config;
    private final @Nullable Path folder;
    private final @Nullable Path file;
    /** Keeps a file open, which is closed with its last connection, and says at once if it cannot be. */
    private @Nullable Connection anchor;

    private @Nullable HikariDataSource pool;
    private boolean closed;

    private UsageDatabase(HikariConfig config, long connecting, @Nullable Path folder, @Nullable Path file) {
        this.config = config;
        this.folder = folder;
        this.file = file;
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(connecting);
        config.setValidationTimeout(CONNECTING);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
    }

    /** The database of the whole cluster. */
    public static UsageDatabase of(StoreConfig store) {
        return of(store, CONNECTING, ANSWERING);
    }

    /**
     * The same.
     *
     * @param connecting milliseconds until one that cannot be connected to has failed; whole seconds for PostgreSQL
     * @param answering milliseconds until one that does not answer has failed; whole seconds for PostgreSQL
     */
    static UsageDatabase of(StoreConfig store, long connecting, long answering) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("usage of the cluster");
        config.setJdbcUrl(store.url());
        config.setUsername(store.user());
        config.setPassword(store.password() == null ? null : store.password().value());
        if (store.url().startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("connectTimeout", String.valueOf(TimeUnit.MILLISECONDS.toSeconds(connecting)));
            config.addDataSourceProperty("socketTimeout", String.valueOf(TimeUnit.MILLISECONDS.toSeconds(answering)));
            config.addDataSourceProperty("tcpKeepAlive", "true");
        } else if (!store.url().toUpperCase(Locale.ROOT).contains(H2_TIMEOUT)) {
            config.addDataSourceProperty(H2_TIMEOUT, String.valueOf(answering));
        }
        return new UsageDatabase(config, connecting, null, null);
    }

    /**
     * A file in the folder, which is made if need be; only one process may use it at a time.
     *
     * @param name of the file, without an ending
     */
    public static UsageDatabase in(Path folder, String name) {
        Path place = folder.toAbsolutePath().normalize();
        String file = place.resolve(name).toString();
        HikariConfig config = new HikariConfig();
        config.setPoolName("usage of the node");
        config.setJdbcUrl("jdbc:h2:file:" + file + FILE_SETTINGS);
        config.setUsername("");
        config.setPassword("");
        return new UsageDatabase(config, ANSWERING, place, place.resolve(name + ".mv.db"));
    }

    /** Whether it is a file of this node alone. */
    public boolean isFile() {
        return folder != null;
    }

    /** Whether there may be something in it: other than in a file that was never made. */
    public boolean isThere() {
        return file == null || Files.exists(file);
    }

    /**
     * Opens a file, and makes it if need be; nothing for a database that is no file, which may come later. Blocks.
     *
     * @throws SQLException if the file cannot be used
     */
    public void open() throws SQLException {
        if (isFile()) {
            connect().close();
        }
    }

    Connection connect() throws SQLException {
        try {
            return pool().getConnection();
        } catch (SQLException e) {
            throw UsageStoreException.of(e, folder);
        }
    }

    /** Has a connection that is about to be closed not be used again. */
    synchronized void discard(Connection connection) {
        if (pool != null) {
            pool.evictConnection(connection);
        }
    }

    private synchronized HikariDataSource pool() throws SQLException {
        if (closed) {
            throw new SQLException("closed");
        }
        HikariDataSource known = pool;
        if (known != null) {
            return known;
        }
        if (folder != null) {
            make(folder);
            makeFile(folder, Objects.requireNonNull(file));
            anchor = DriverManager.getConnection(config.getJdbcUrl(), config.getUsername(), config.getPassword());
        }
        HikariDataSource opened = new HikariDataSource(config);
        pool = opened;
        return opened;
    }

    /** User names are in there, which are nobody else's business. */
    private static void make(Path folder) throws SQLException {
        try {
            if (folder.toString().contains(";")) {
                throw new IOException("a semicolon ends the name of a database");
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.isWritable(folder)) {
                throw new IOException("it is not writable");
            }
        } catch (IOException e) {
            throw UsageStoreException.folder(folder, e);
        }
    }

    /** For nobody else, also in a folder that others may read. */
    private static void makeFile(Path folder, Path file) throws SQLException {
        try {
            if (!Files.exists(file)) {
                Path unused = Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another process was faster", e);
        } catch (IOException e) {
            throw UsageStoreException.folder(folder, e);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file) || !Files.isWritable(file)) {
            throw UsageStoreException.file(file);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (pool != null) {
            pool.close();
        }
        if (anchor != null) {
            try {
                anchor.close();
            } catch (SQLException e) {
                LOG.debug("a file could not be closed in order", e);
            }
        }
    }
}
