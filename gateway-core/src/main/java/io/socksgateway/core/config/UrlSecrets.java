package io.socksgateway.core.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a URL in a configuration may be shown. A service's URL is shown with the names of its parameters and without their
 * values, as any of them may be a key to it; of a database's those parameters are hidden whose names sound secret, as the others
 * say how it is reached. What ought to be a URL and is none is shown as far as nothing in it can be either.
 */
public final class UrlSecrets {

    /** What stands for a secret. */
    public static final String MASK = "***";

    private static final Pattern URL = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern SERVICE = Pattern.compile("(?is)https?:.*");
    private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/?#@\\s]*:[^/?#@\\s]*(?=@)");

    /** Whatever there is before the last of what ends a login. */
    private static final Pattern UP_TO_LOGIN = Pattern.compile("(?s)^.*@");

    private static final Pattern FRAGMENT = Pattern.compile("(?s)(?<=#).+");
    private static final Pattern QUERY = Pattern.compile("(?s)\\?.*");

    /** The value of a parameter of a query, or all of one that has no name. */
    private static final Pattern VALUE = Pattern.compile("(?<==)[^&;]+|(?<=[?&;])[^=&;]+(?=[&;]|$)");

    /** A parameter of a database, from what is before it to its end. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)([?&;:(,][^=?&;:(,\\s]*(?:pass|pwd|secret|token|key|code)[^=?&;:(,\\s]*=)(?:\\{(?:[^}]|}})*}|[^&;])*");

    private UrlSecrets() {}

    /** The text without what is secret in it; as it is if it is no URL. */
    public static String hide(String text) {
        if (!URL.matcher(text).matches()) {
            return text;
        }
        String shown = LOGIN.matcher(text).replaceAll(MASK);
        return SERVICE.matcher(shown).matches() ? withoutValues(shown) : withoutSecrets(shown);
    }

    /** The same of text at the place of a URL, whether it is one or not: of its parameters none has a value. */
    static String hideIfWrong(String text) {
        return withoutValues(withoutSecrets(UP_TO_LOGIN.matcher(text).replaceFirst(MASK + "@")));
    }

    private static String withoutSecrets(String text) {
        return SECRET.matcher(text).replaceAll("$1" + MASK);
    }

    private static String withoutValues(String text) {
        return QUERY.matcher(FRAGMENT.matcher(text).replaceFirst(MASK))
                .replaceFirst(query ->
                        Matcher.quoteReplacement(VALUE.matcher(query.group()).replaceAll(MASK)));
    }
}
