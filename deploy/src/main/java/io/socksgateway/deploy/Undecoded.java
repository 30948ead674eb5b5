package io.socksgateway.deploy;

/** Text that has lost characters: whoever read it knew no character for some of its octets. */
final class Undecoded {

    static final String EXPECTED = "text in the encoding of the locale, as UTF-8 with LC_ALL=C.UTF-8";

    private static final char REPLACEMENT = '\uFFFD';

    private Undecoded() {}

    static boolean isIn(CharSequence text) {
        return text.chars().anyMatch(c -> c == REPLACEMENT);
    }
}
