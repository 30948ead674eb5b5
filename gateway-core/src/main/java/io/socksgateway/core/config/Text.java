package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/** Any kind of value that is written as a string. */
record Text<T>(String expected, Parser<T> parser) implements Kind<T> {

    /** Makes the value of a string, or reports what is wrong with it and returns null. */
    interface Parser<T> {
        @Nullable
        T parse(String text, Cursor at);
    }

    @Override
    public @Nullable T read(Cursor at) {
        if (at.value() instanceof String text) {
            return parser.parse(text, at);
        }
        at.unexpected(expected);
        return null;
    }
}
