package io.socksgateway.core.config;

/**
 * A password or its hash, never shown.
 *
 * <p>Immutable.
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
