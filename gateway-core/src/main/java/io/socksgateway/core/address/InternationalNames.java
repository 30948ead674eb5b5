package io.socksgateway.core.address;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ASCII form of names with other letters: that of IDNA 2003 (RFC 3490), but for ß and the final sigma that of IDNA
 * 2008, as browsers and registries have it (UTS 46, non-transitional). Of the joiners, which 2003 drops and 2008 takes in
 * some places, nobody can tell what they mean: a name with one has no such form.
 */
final class InternationalNames {

    private static final String JOINERS = "\u200C\u200D";
    private static final Pattern DOT = Pattern.compile("[.\u3002\uFF0E\uFF61]");
    private static final Pattern KEPT = Pattern.compile("[\u00DF\u03C2]");
    private static final String PREFIX = "xn--";

    /** In UTF-16; more is no name in any form. */
    private static final int LONGEST = 255;

    private InternationalNames() {}

    /**
     * The name as it goes into the question to a name server, or nothing if there is no such form. Resolvers do this on
     * their own; a rule that saw only what the client wrote could be passed with full-width letters.
     */
    static Optional<String> ascii(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(name);
        }
        if (name.length() > LONGEST || name.chars().anyMatch(c -> JOINERS.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        try {
            return Optional.of(KEPT.matcher(name).find() ? byLabel(name) : IDN.toASCII(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String byLabel(String name) {
        return Stream.of(DOT.split(name, -1))
                .map(label -> KEPT.matcher(label).find() ? encode(label) : label.isEmpty() ? "" : IDN.toASCII(label))
                .collect(Collectors.joining("."));
    }

    private static String encode(String label) {
        StringBuilder mapped = new StringBuilder();
        int from = 0;
        for (Matcher kept = KEPT.matcher(label); kept.find(); from = kept.end()) {
            mapped.append(map(label.substring(from, kept.start()))).append(kept.group());
        }
        mapped.append(map(label.substring(from)));
        if (mapped.indexOf(PREFIX) == 0 || mapped.indexOf(".") >= 0) {
            throw new IllegalArgumentException("label: of both forms, or of two labels");
        }
        return PREFIX + Punycode.encode(mapped.toString());
    }

    /** The letters as IDNA 2003 prepares them: there and back. */
    private static String map(String part) {
        String there = part.isEmpty() ? part : IDN.toASCII(part);
        String back = IDN.toUnicode(there);
        return back.toLowerCase(Locale.ROOT);
    }
}
