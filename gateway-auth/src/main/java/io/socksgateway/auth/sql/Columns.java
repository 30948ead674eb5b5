package io.socksgateway.auth.sql;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the row about a user: the first is the stored password; {@code name}, {@code enabled} and {@code disabled} are
 * known by name.
 *
 * <p>Confined to one thread.
 */
final class Columns {

    private final ResultSet row;
    private final Map<String, Integer> places = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Columns(ResultSet row) throws SQLException {
        this.row = row;
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 2; i <= columns.getColumnCount(); i++) {
            places.putIfAbsent(columns.getColumnLabel(i), i);
        }
    }

    @Nullable
    String password() throws SQLException {
        return trimmed(1);
    }

    /** The name of the user here, or that of the login without such a column. */
    String name(String login) throws SQLException {
        Integer place = places.get("name");
        String name = place == null ? login : trimmed(place);
        if (name == null || name.isEmpty()) {
            throw new DatabaseException("the row of the user has no name");
        }
        return name;
    }

    /** Whether the user may log in: as without such a column; not if it is NULL. */
    boolean enabled() throws SQLException {
        Integer enabled = places.get("enabled");
        if (enabled != null && !flag(enabled, false)) {
            return false;
        }
        Integer disabled = places.get("disabled");
        return disabled == null || !flag(disabled, true);
    }

    private boolean flag(int place, boolean ifNull) throws SQLException {
        boolean flag = row.getBoolean(place);
        return row.wasNull() ? ifNull : flag;
    }

    /** Columns of type CHAR(n) are padded. */
    private @Nullable String trimmed(int place) throws SQLException {
        String text = row.getString(place);
        return text == null ? null : text.stripTrailing();
    }
}
