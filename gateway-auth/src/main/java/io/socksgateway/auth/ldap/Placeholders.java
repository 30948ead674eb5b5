package io.socksgateway.auth.ldap;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills placeholders in, all in one pass: a value that looks like one is not filled in again. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?:user|dn)}");

    private Placeholders() {}

    /** The text with values in the place of the placeholders that have one. */
    static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), found.group())));
    }
}
