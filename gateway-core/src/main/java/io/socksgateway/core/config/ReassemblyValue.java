package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What is done with fragments: {@code false} to drop them, or {@code {"timeout": "5s"}}; read as milliseconds, 0 to drop. */
record ReassemblyValue() implements Kind<Long> {

    @Override
    public @Nullable Long read(Cursor at) {
        if (Boolean.FALSE.equals(at.value())) {
            return 0L;
        }
        if (at.value() instanceof JsonObject json) {
            return Section.read(at, json, section -> section.value("timeout", "5s", DurationText.REASSEMBLY));
        }
        at.unexpected(expected());
        return null;
    }

    @Override
    public String expected() {
        return "false, or {\"timeout\": \"5s\"}";
    }
}
