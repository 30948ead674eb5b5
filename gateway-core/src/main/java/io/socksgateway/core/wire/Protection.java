package io.socksgateway.core.wire;

import org.jspecify.annotations.Nullable;

/** How messages are protected once a GSS-API context is established: the levels of RFC 1961 section 4.3. */
public enum Protection {
    /** Not at all. The RFC does not have it; clients that cannot wrap messages do. */
    NONE(0, "none"),
    /** Every message is signed. */
    INTEGRITY(1, "integrity"),
    /** Every message is signed and encrypted. */
    CONFIDENTIALITY(2, "confidentiality"),
    /** Every message is signed; each side decides for each of its messages whether it is encrypted too. */
    SELECTIVE(3, "selective");

    private final int code;
    private final String text;

    Protection(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The octet on the wire. */
    public int code() {
        return code;
    }

    /** The level of an octet, or null if it is none. */
    public static @Nullable Protection of(int code) {
        for (Protection level : values()) {
            if (level.code == code) {
                return level;
            }
        }
        return null;
    }

    /** The name in configurations and logs. */
    @Override
    public String toString() {
        return text;
    }
}
