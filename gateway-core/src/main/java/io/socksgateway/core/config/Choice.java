package io.socksgateway.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of a few words. */
record Choice<T>(List<T> choices, Function<T, String> word) implements Kind<T> {

    Choice {
        choices = List.copyOf(choices);
    }

    static Choice<String> of(String... words) {
        return new Choice<>(List.of(words), Function.identity());
    }

    /** The constants of an enum that prints as the word. */
    static <E extends Enum<E>> Choice<E> of(Class<E> type) {
        return new Choice<>(List.of(type.getEnumConstants()), Enum::toString);
    }

    /** The constants of an enum, in lower case. */
    static <E extends Enum<E>> Choice<E> lowerCase(Class<E> type) {
        return new Choice<>(Arrays.asList(type.getEnumConstants()), constant -> constant.name()
                .toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable T read(Cursor at) {
        if (at.value() instanceof String text) {
            for (T choice : choices) {
                if (word.apply(choice).equals(text)) {
                    return choice;
                }
            }
            at.fail(Shown.quoted(text), Spelling.hint(text, words(), "expected: " + expected()));
            return null;
        }
        at.unexpected(expected());
        return null;
    }

    @Override
    public String expected() {
        String all = words().stream().map(Shown::quoted).collect(Collectors.joining(", "));
        return choices.size() == 1 ? all + ", the only one there is" : "one of " + all;
    }

    private List<String> words() {
        return choices.stream().map(word).toList();
    }
}
