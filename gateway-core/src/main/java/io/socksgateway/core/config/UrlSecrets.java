package io.socksgateway.core.config;

import java.util.regex.Pattern;

/**
 * What of a URL in a configuration may be shown. A service's URL is shown with the names of its parameters and without their
 * values, as any of them may be a key to it; of a database's those parameters are hidden whose names sound secret, as the others
 * say how it is reached.
 */
public final class UrlSecrets {

    /** What stands for a secret. */
    public static final String MASK = "***";

    private static final Pattern URL = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern SERVICE = Pattern.compile("(?is)https?:.*");
    private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/?#@\\s]*:[^/?#@\\s]*(?=@)");

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
        int query = shown.indexOf('?');
        if (!SERVICE.matcher(shown).matches()) {
            return SECRET.matcher(shown).replaceAll("$1" + MASK);
        }
        return query < 0
                ? shown
                : shown.substring(0, query)
                        + VALUE.matcher(shown.substring(query)).replaceAll(MASK);
    }
}
