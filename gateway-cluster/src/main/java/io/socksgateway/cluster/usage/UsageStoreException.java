package io.socksgateway.cluster.usage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database cannot be used, in words for those who can mend it; without secrets. */
public final class UsageStoreException extends SQLException {

    private static final long serialVersionUID = 1;

    /** H2: another process has the file. */
    private static final int FILE_IN_USE = 90020;

    /** H2: what is in the file is no database, or damaged. */
    private static final int FILE_CORRUPTED = 90030;

    /** H2: it cannot be read or written, is of another version or encrypted, or may only be read. */
    private static final Set<Integer> FILE_UNUSABLE = Set.of(90028, 90031, 90048, 90049, 90097);

    private final boolean ofFile;
    private final boolean lasting;

    private UsageStoreException(String message, boolean ofFile, boolean lasting, @Nullable SQLException cause) {
        super(message, cause == null ? null : cause.getSQLState(), cause == null ? 0 : cause.getErrorCode(), cause);
        this.ofFile = ofFile;
        this.lasting = lasting;
    }

    /** Whether the file of the node cannot be used as it is: another process has it, it is damaged, or it cannot be made. */
    public boolean isOfFile() {
        return ofFile;
    }

    /** Whether a failure, of whatever kind, is one of the file. */
    public static boolean concernsFile(Throwable failure) {
        return failure instanceof UsageStoreException known && known.ofFile;
    }

    /** Whether somebody has to change something; otherwise it may go away. */
    public boolean isLasting() {
        return lasting;
    }

    static UsageStoreException file(Path file) {
        return new UsageStoreException(
                "node.data: \"%s\" cannot be used: hint: a file that this gateway may read and write".formatted(file),
                true,
                true,
                null);
    }

    static UsageStoreException folder(Path folder, IOException why) {
        return new UsageStoreException(
                "node.data: \"%s\" cannot be used (%s: %s): hint: a folder that the gateway may write to, for what was used of its quotas"
                        .formatted(folder, why.getClass().getSimpleName(), why.getMessage()),
                true,
                true,
                null);
    }

    /** The pool says that there is no connection; what the driver said is behind it. */
    static UsageStoreException of(SQLException failure, @Nullable Path folder) {
        if (failure instanceof UsageStoreException known) {
            return known;
        }
        SQLException first = failure;
        while (first.getCause() instanceof SQLException cause) {
            first = cause;
        }
        if (folder != null && first.getErrorCode() == FILE_IN_USE) {
            return new UsageStoreException(
                    "node.data: a file in \"%s\" is in use by another process: hint: a folder of its own for each gateway"
                            .formatted(folder),
                    true,
                    false,
                    first);
        }
        if (folder != null && first.getErrorCode() == FILE_CORRUPTED) {
            return new UsageStoreException(
                    "node.data: a file in \"%s\" is damaged: hint: move it away, what was used counts from zero then"
                            .formatted(folder),
                    true,
                    true,
                    first);
        }
        if (folder != null
                && first.getErrorCode() != 0
                && !(first instanceof SQLTransientException)) { // H2 itself says no
            return new UsageStoreException(
                    "node.data: a file in \"%s\" cannot be used (%s): hint: a file that this gateway may read and write"
                            .formatted(
                                    folder, String.valueOf(first.getMessage()).replace('\n', ' ')),
                    true,
                    FILE_UNUSABLE.contains(first.getErrorCode()),
                    first);
        }
        return new UsageStoreException(String.valueOf(first.getMessage()), false, false, first);
    }
}
