package io.socksgateway.auth.sql;

import java.sql.SQLException;

/** The database cannot say who a user is. The message is our own and holds nothing of a row or a query, so it may be logged. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseException(String message) {
        super(message);
    }

    /** Of what a driver has thrown: not its text, which may quote values. */
    static DatabaseException of(SQLException failure) {
        SQLException root = failure;
        // A pool says that it has no connection, and why below.
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                root = sql;
            }
        }
        String state = root.getSQLState();
        if (state == null || state.length() != 5) {
            return new DatabaseException("no connection");
        }
        String kind =
                switch (state.substring(0, 2)) {
                    case "08" -> "no connection";
                    case "28" -> "it refuses the gateway's own login";
                    case "3D" -> "there is no such database";
                    case "42" -> "the query does not fit it, or may not be made";
                    case "57" -> "it was stopped, or took too long";
                    default -> "the query failed";
                };
        return new DatabaseException(kind + " (SQLSTATE " + state + ")");
    }
}
