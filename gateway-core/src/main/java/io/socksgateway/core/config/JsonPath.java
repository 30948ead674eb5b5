package io.socksgateway.core.config;

import java.util.regex.Pattern;

/** The notation of places in a document: {@code listeners[0].port}. */
final class JsonPath {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$@][A-Za-z0-9_$@-]*");

    private JsonPath() {}

    /** The path of a key; a key that is no plain word is written {@code ["a key"]}. */
    static String key(String parent, String key) {
        if (!PLAIN.matcher(key).matches()) {
            return parent + "[" + Shown.quoted(key) + "]";
        }
        return parent.isEmpty() ? key : parent + "." + key;
    }

    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }
}
