package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/**
 * Key {@code cache} of an authenticator that asks somebody else: how long a login that went well is remembered.
 *
 * <p>Immutable.
 *
 * @param ttl milliseconds, 0 for not at all
 */
public record AuthCacheConfig(long ttl, int maxEntries) {

    public static final AuthCacheConfig NONE = new AuthCacheConfig(0, 1);

    private static final Kind<Integer> ENTRIES = new WholeNumber(1, 1_000_000);

    static @Nullable AuthCacheConfig read(Section authenticator) {
        return authenticator.object(
                "cache",
                section -> new AuthCacheConfig(
                        section.value("ttl", "30s", DurationText.OR_ZERO),
                        section.value("maxEntries", 10_000, ENTRIES)));
    }
}
