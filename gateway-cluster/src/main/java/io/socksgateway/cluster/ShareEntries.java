package io.socksgateway.cluster;

import io.socksgateway.core.quota.SessionCounter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the processors see an entry of the map: one that holds nothing does not exist. */
final class ShareEntries {

    private ShareEntries() {}

    static SessionCounter read(Map.Entry<String, @Nullable SessionCounter> entry) {
        SessionCounter counter = entry.getValue();
        return counter == null ? SessionCounter.NONE : counter;
    }

    /** Writes only what has changed, as every write goes to the backup too. */
    static void write(Map.Entry<String, @Nullable SessionCounter> entry, SessionCounter before, SessionCounter after) {
        if (!after.equals(before)) {
            // null removes the entry
            entry.setValue(after.isEmpty() ? null : after);
        }
    }
}
