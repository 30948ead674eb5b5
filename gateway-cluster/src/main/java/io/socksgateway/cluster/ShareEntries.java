package io.socksgateway.cluster;

import io.socksgateway.core.quota.SessionShares;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the processors see an entry of the map: one without shares does not exist. */
final class ShareEntries {

    private ShareEntries() {}

    static SessionShares read(Map.Entry<String, @Nullable SessionShares> entry) {
        SessionShares shares = entry.getValue();
        return shares == null ? SessionShares.NONE : shares;
    }

    /** Writes only what has changed, as every write goes to the backup too. */
    static void write(Map.Entry<String, @Nullable SessionShares> entry, SessionShares before, SessionShares after) {
        if (!after.equals(before)) {
            // null removes the entry
            entry.setValue(after.isEmpty() ? null : after);
        }
    }
}
