package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/** {@code true} or {@code false}. */
record Flag() implements Kind<Boolean> {

    static final Kind<Boolean> FLAG = new Flag();

    @Override
    public @Nullable Boolean read(Cursor at) {
        if (at.value() instanceof Boolean flag) {
            return flag;
        }
        at.unexpected(expected());
        return null;
    }

    @Override
    public String expected() {
        return "true or false";
    }
}
