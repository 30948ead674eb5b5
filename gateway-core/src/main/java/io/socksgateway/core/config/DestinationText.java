package io.socksgateway.core.config;

import io.socksgateway.core.rules.Destinations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item of a rule's {@code to}: a name, a pattern, an address, a range, or {@code @internal}. */
final class DestinationText {

    private static final String EXPECTED =
            "a name, \"*.example.com\", \"*\", an address, a range such as \"10.0.0.0/8\", or \"@internal\"";

    /** The text as it is, once it is known that {@link Destinations#with} takes it. */
    static final Kind<String> DESTINATION = new Text<>(EXPECTED, DestinationText::parse);

    private DestinationText() {}

    /** The sum of all items; without any, every destination. */
    static Destinations sum(List<String> items) {
        Destinations sum = Destinations.none();
        for (String item : items) {
            sum = sum.with(item).orElse(sum);
        }
        return items.isEmpty() ? Destinations.ANY : sum;
    }

    private static @Nullable String parse(String text, Cursor at) {
        boolean printable = !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
        if (printable && Destinations.none().with(text).isPresent()) {
            return text;
        }
        at.fail(Shown.quoted(text), hint(text));
        return null;
    }

    private static String hint(String text) {
        int colon = text.lastIndexOf(':');
        if (text.startsWith("@")) {
            return Spelling.hint(text, List.of(Destinations.INTERNAL), "the only keyword is \"@internal\"");
        } else if (text.contains("://")) {
            return "expected: a name or an address, not a URL";
        } else if (text.indexOf('/') >= 0) {
            return CidrText.hint(text);
        } else if (colon > 0
                && Destinations.none().with(text.substring(0, colon)).isPresent()) {
            return "did you mean " + Shown.quoted(text.substring(0, colon))
                    + "? The port has a key of its own, \"ports\"";
        } else if (text.indexOf('*') >= 0) {
            return "expected: \"*\" alone, or \"*.\" before a name";
        } else if (text.chars().anyMatch(c -> c >= 0x80)) {
            return "expected: a name that has an ASCII form; give that, such as \"xn--bcher-kva.example\"";
        }
        return "expected: " + EXPECTED;
    }
}
