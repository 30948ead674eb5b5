package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/**
 * A value of the document and where it stands.
 *
 * <p>Confined to the pass.
 *
 * @param value as {@code JsonObject} gives it; null for JSON's null
 */
record Cursor(String path, @Nullable Object value, Findings findings) {

    Cursor item(int index, @Nullable Object item) {
        return new Cursor(JsonPath.item(path, index), item, findings);
    }

    void fail(String message, String hint) {
        findings.error(path, message, hint);
    }

    /** Reports this value as not what is expected, showing it if it is a scalar. */
    void unexpected(String expected) {
        fail(Shown.of(value), "expected: " + expected);
    }
}
