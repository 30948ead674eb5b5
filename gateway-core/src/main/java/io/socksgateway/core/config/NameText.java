package io.socksgateway.core.config;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A name: at least one visible character, none that controls a terminal, and at most 255 bytes, which is what RFC 1929
 * can carry of a user's.
 */
final class NameText {

    private static final int MAX_BYTES = 255;
    private static final String EXPECTED = "a name of 1 to 255 bytes without control characters";

    static final Kind<String> NAME = new Text<>(EXPECTED, NameText::parse);

    private NameText() {}

    static boolean isName(String text) {
        return !text.isBlank()
                && text.chars().noneMatch(Character::isISOControl)
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    private static @Nullable String parse(String text, Cursor at) {
        if (isName(text)) {
            return text;
        }
        at.unexpected(EXPECTED);
        return null;
    }
}
