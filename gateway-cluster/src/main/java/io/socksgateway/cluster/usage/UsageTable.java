package io.socksgateway.cluster.usage;

import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.quota.TrafficUsage.Share;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The table of what was used, in PostgreSQL or H2: a row for each share of a counter. A row is only ever replaced by a newer
 * one of the same share, so it does not matter who writes it, in which order, or how often.
 *
 * <p>Thread-safe. Every method blocks.
 */
final class UsageTable {

    /** Longer names of counters are not kept. */
    static final int LONGEST_NAME = 2_000;

    private static final String UPDATE = "UPDATE socks_gateway_usage SET ask = ?, period = ?, spent = ?, granted = ?"
            + " WHERE counter = ? AND node = ? AND ask < ?";
    private static final String INSERT = "INSERT INTO socks_gateway_usage (ask, period, spent, granted, counter, node)"
            + " SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT),"
            + " CAST(? AS VARCHAR(2000)), CAST(? AS UUID)"
            + " WHERE NOT EXISTS (SELECT 1 FROM socks_gateway_usage WHERE counter = ? AND node = ?)";
    private static final String SELECT =
            "SELECT counter, node, ask, period, spent, granted FROM socks_gateway_usage WHERE period >= ? AND period <= ? ORDER BY counter";
    private static final String NEWEST = "SELECT MAX(period) FROM socks_gateway_usage WHERE period <= ?";
    private static final String DELETE = "DELETE FROM socks_gateway_usage WHERE counter = ? AND period <= ?";
    /** Rows that are forgotten in one transaction, which has to be through before a database counts as silent. */
    static final int PORTION = 1_000;

    private static final String OUTDATED = "(period < ? OR period > ?)";
    private static final String FORGOTTEN = "SELECT counter, node FROM socks_gateway_usage WHERE " + OUTDATED
            + " ORDER BY counter, node LIMIT " + PORTION;
    private static final String FORGET =
            "DELETE FROM socks_gateway_usage WHERE counter = ? AND node = ? AND " + OUTDATED;

    /** Rows that are fetched at a time. */
    private static final int FETCH = 1_000;

    /** What the states of SQL begin with if it is the data's fault. */
    private static final String WRONG_DATA = "22";

    private final UsageDatabase database;
    private final UsageSchema schema = new UsageSchema();

    UsageTable(UsageDatabase database) {
        this.database = database;
    }

    private record Row(String counter, UUID node, long period, Share share) {}

    /** Writes what is known of some counters, all of it or nothing. */
    void save(Map<String, TrafficUsage> usages) throws SQLException {
        List<Row> rows = new ArrayList<>();
        // in one order, so that nodes which write the same rows wait for each other and not in a circle
        new TreeMap<>(usages).forEach((counter, usage) -> new TreeMap<>(usage.byNode())
                .forEach((node, share) -> rows.add(new Row(counter, node, usage.period(), share))));
        inTransaction(connection -> save(connection, rows));
        sync();
    }

    private static void save(Connection connection, List<Row> rows) throws SQLException {
        List<Row> missing = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (Row row : rows) {
                set(update, row);
                update.setLong(7, row.share.number());
                update.addBatch();
            }
            int[] updated = update.executeBatch();
            for (int i = 0; i < updated.length; i++) {
                if (updated[i] == 0) {
                    missing.add(rows.get(i));
                }
            }
        }
        if (!missing.isEmpty()) {
            insert(connection, missing);
        }
    }

    private static void insert(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
                set(insert, row);
                insert.setString(7, row.counter);
                insert.setObject(8, row.node);
                insert.addBatch();
            }
            int[] unused = insert.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, Row row) throws SQLException {
        statement.setLong(1, row.share.number());
        statement.setLong(2, row.period);
        statement.setLong(3, row.share.spent());
        statement.setLong(4, row.share.granted());
        statement.setString(5, row.counter);
        statement.setObject(6, row.node);
    }

    /** When the newest period began of those that began until a time; long ago if there is none. */
    long newest(long until) throws SQLException {
        long[] newest = new long[1];
        inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                select.setLong(1, until);
                try (ResultSet rows = select.executeQuery()) {
                    newest[0] = rows.next() ? rows.getLong(1) : 0;
                }
            }
        });
        return newest[0];
    }

    /** Reads what is known of each counter in its newest period, of those that began at or between two times. */
    void load(long since, long until, BiConsumer<String, TrafficUsage> reader) throws SQLException {
        inTransaction(connection -> load(connection, since, until, reader));
    }

    private static void load(Connection connection, long since, long until, BiConsumer<String, TrafficUsage> reader)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, since);
            select.setLong(2, until);
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                String counter = null;
                TrafficUsage usage = null;
                while (rows.next()) {
                    String next = rows.getString(1);
                    if (counter != null && usage != null && !counter.equals(next)) {
                        reader.accept(counter, usage);
                        usage = null;
                    }
                    counter = next;
                    Share share = new Share(rows.getLong(3), rows.getLong(5), rows.getLong(6));
                    TrafficUsage row = new TrafficUsage(rows.getLong(4), Map.of(rows.getObject(2, UUID.class), share));
                    usage = usage == null ? row : usage.merge(row);
                }
                if (counter != null && usage != null) {
                    reader.accept(counter, usage);
                }
            }
        }
    }

    /**
     * Reads as {@link #load} does, for who knows that all who have written have ended: their shares of a counter become one,
     * also in the table.
     */
    Map<String, TrafficUsage> settle(long since, long until) throws SQLException {
        Map<String, TrafficUsage> settled = new HashMap<>();
        inTransaction(connection -> {
            settled.clear();
            Map<String, TrafficUsage> changed = new HashMap<>();
            load(connection, since, until, (counter, usage) -> {
                if (isSettled(usage)) {
                    settled.put(counter, usage);
                } else {
                    changed.put(counter, settled(usage));
                }
            });
            replace(connection, changed, until);
            settled.putAll(changed);
        });
        sync();
        return settled;
    }

    private static boolean isSettled(TrafficUsage usage) {
        return usage.byNode().size() == 1 && usage.held() == 0 && usage.charged() >= 0;
    }

    private static TrafficUsage settled(TrafficUsage usage) {
        Share all = Share.settled(Math.max(0, usage.charged()));
        return new TrafficUsage(usage.period(), Map.of(UUID.randomUUID(), all));
    }

    private static void replace(Connection connection, Map<String, TrafficUsage> usages, long until)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            for (Map.Entry<String, TrafficUsage> each : usages.entrySet()) {
                delete.setString(1, each.getKey());
                delete.setLong(2, until);
                delete.addBatch();
                each.getValue()
                        .byNode()
                        .forEach((node, share) -> rows.add(
                                new Row(each.getKey(), node, each.getValue().period(), share)));
            }
            int[] unused = delete.executeBatch();
        }
        insert(connection, rows);
    }

    /**
     * Forgets periods that began before a time, or after another; some of them if there are many.
     *
     * @return whether that was all
     */
    boolean prune(long before, long after) throws SQLException {
        boolean[] all = new boolean[1];
        inTransaction(connection -> all[0] = prune(connection, before, after) < PORTION);
        return all[0];
    }

    private static int prune(Connection connection, long before, long after) throws SQLException {
        int found = 0;
        try (PreparedStatement select = connection.prepareStatement(FORGOTTEN);
                PreparedStatement delete = connection.prepareStatement(FORGET)) {
            select.setLong(1, before);
            select.setLong(2, after);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    delete.setString(1, rows.getString(1));
                    delete.setObject(2, rows.getObject(2, UUID.class));
                    delete.setLong(3, before);
                    delete.setLong(4, after);
                    delete.addBatch();
                    found++;
                }
            }
            int[] unused = delete.executeBatch();
        }
        return found;
    }

    /** Whether it is the fault of what was to be written, and the next row may be. */
    static boolean isWrongData(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith(WRONG_DATA);
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    /** What has failed gets another connection the next time: this one may be of a server that only reads any more. */
    private void inTransaction(Work work) throws SQLException {
        try (Connection connection = database.connect()) {
            try {
                transact(connection, work);
            } catch (SQLException failure) {
                if (!isWrongData(failure)) {
                    database.discard(connection);
                }
                throw failure;
            }
        }
    }

    private void transact(Connection connection, Work work) throws SQLException {
        schema.migrate(connection);
        connection.setAutoCommit(false);
        try {
            work.on(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException failure) {
                schema.failed(failure);
            }
            connection.rollback();
            throw e;
        }
    }

    /** A file is on the disk then; by itself that would take it half a second, which a process may not have. */
    private void sync() throws SQLException {
        if (database.isFile()) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                boolean unused = statement.execute("CHECKPOINT SYNC");
            }
        }
    }
}
