package io.socksgateway.core.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Sees to it that a name is given once.
 *
 * <p>Confined to the pass.
 */
final class Uniqueness {

    private final Findings findings;
    private final String what;
    private final Map<String, String> owners = new HashMap<>();

    /**
     * @param what the kind of name, as in "listener name"
     */
    Uniqueness(Findings findings, String what) {
        this.findings = findings;
        this.what = what;
    }

    /** Takes a name, or reports that an earlier path has it. */
    void claim(String name, String path) {
        String owner = owners.putIfAbsent(name, path);
        if (owner != null) {
            findings.error(
                    path, Shown.quoted(name) + " is used twice", "the " + what + " at " + owner + " is the same");
        }
    }
}
