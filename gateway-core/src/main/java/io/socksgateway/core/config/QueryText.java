package io.socksgateway.core.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A query of SQL about one user: with at least one {@code ?} that is no part of a literal, a name or a comment. */
final class QueryText {

    private static final String EXPECTED = "a query with ? where the name of the user goes";

    /** What may hold a question mark that is no parameter; JDBC writes the operator as two of them. */
    private static final Pattern NO_PARAMETER =
            Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|--[^\\n]*|/\\*.*?\\*/|\\?\\?", Pattern.DOTALL);

    static final Kind<String> QUERY = new Text<>(EXPECTED, QueryText::parse);

    private QueryText() {}

    static int parameters(String query) {
        return (int) NO_PARAMETER
                .matcher(query)
                .replaceAll(" ")
                .chars()
                .filter(c -> c == '?')
                .count();
    }

    private static @Nullable String parse(String text, Cursor at) {
        if (parameters(text) == 0) {
            at.unexpected(EXPECTED);
            return null;
        }
        return text;
    }
}
