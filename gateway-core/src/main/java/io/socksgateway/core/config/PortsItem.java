package io.socksgateway.core.config;

import io.socksgateway.core.rules.PortRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An item of a rule's {@code ports}: a number, {@code "443"}, or {@code "8000-8999"}. */
record PortsItem() implements Kind<PortRange> {

    @Override
    public @Nullable PortRange read(Cursor at) {
        if (at.value() instanceof String text) {
            Optional<PortRange> range = PortRange.parse(text);
            if (range.isEmpty()) {
                at.fail(Shown.quoted(text), hint(text));
            }
            return range.orElse(null);
        }
        if (at.value() instanceof Number) {
            Integer port = WholeNumber.PORT.read(at);
            return port == null ? null : new PortRange(port, port);
        }
        at.unexpected(expected());
        return null;
    }

    private String hint(String text) {
        int dash = text.indexOf('-');
        String turned = text.substring(dash + 1) + "-" + text.substring(0, Math.max(dash, 0));
        return dash > 0 && PortRange.parse(turned).isPresent()
                ? "did you mean " + Shown.quoted(turned) + "?"
                : "expected: " + expected();
    }

    @Override
    public String expected() {
        return "a port from 0 to 65535, or a range such as \"8000-8999\"";
    }
}
