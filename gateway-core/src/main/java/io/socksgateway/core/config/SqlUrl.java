package io.socksgateway.core.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a database as JDBC has it; {@code postgresql://…} and {@code postgres://…} are also read. It holds no user and
 * no password to log in with; what else may be secret in it, {@link UrlSecrets} hides.
 */
final class SqlUrl {

    private static final Pattern FORM = Pattern.compile("jdbc:[a-z0-9]+:\\S+");
    private static final Pattern POSTGRES = Pattern.compile("postgres(?:ql)?://\\S+");
    private static final Pattern USER_INFO = Pattern.compile("(?i)//[^/?;]*@|:thin:[^@]+@");
    private static final Pattern PARAMETER = Pattern.compile("(?i)[?&;:(,](user|username|password|pwd)=");
    private static final String EXPECTED =
            "the URL of a database, such as \"jdbc:postgresql://db.example.com/gateway\"";

    static final Kind<String> URL = new Text<>(EXPECTED, SqlUrl::parse);

    private SqlUrl() {}

    private static @Nullable String parse(String text, Cursor at) {
        String url = POSTGRES.matcher(text).matches() ? "jdbc:postgresql" + text.substring(text.indexOf(':')) : text;
        // Before anything that would show it.
        if (USER_INFO.matcher(url).find() || PARAMETER.matcher(url).find()) {
            at.fail("holds a user or a password", "expected: \"user\" and \"password\" as keys of their own");
            return null;
        }
        if (!FORM.matcher(url).matches()) {
            at.fail(Shown.quoted(UrlSecrets.hideIfWrong(text)), "expected: " + EXPECTED);
            return null;
        }
        return url;
    }
}
