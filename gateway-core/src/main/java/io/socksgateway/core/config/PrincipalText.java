package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/**
 * A principal of Kerberos with its realm: {@code alice@EXAMPLE.COM}, {@code rcmd/host.example.com@EXAMPLE.COM}. Names that
 * need a backslash are none that anybody uses, and would be taken for others.
 */
final class PrincipalText {

    private static final String EXPECTED =
            "a principal with its realm, as \"alice@EXAMPLE.COM\" or \"rcmd/socks.example.com@EXAMPLE.COM\"";

    static final Kind<String> PRINCIPAL = new Text<>(EXPECTED, PrincipalText::parse);

    static final Kind<String> REALM = new Text<>("the name of a realm, as \"EXAMPLE.COM\"", PrincipalText::parseRealm);

    private PrincipalText() {}

    /** What is behind the @ of a principal. */
    static String realm(String principal) {
        return principal.substring(principal.indexOf('@') + 1);
    }

    private static @Nullable String parse(String text, Cursor at) {
        int realm = text.indexOf('@');
        if (realm > 0 && isPlain(text) && text.charAt(0) != '/' && isRealm(text.substring(realm + 1))) {
            return text;
        }
        at.unexpected(EXPECTED);
        return null;
    }

    private static @Nullable String parseRealm(String text, Cursor at) {
        if (isPlain(text) && isRealm(text)) {
            return text;
        }
        at.unexpected(REALM.expected());
        return null;
    }

    private static boolean isPlain(String text) {
        return NameText.isName(text) && text.chars().noneMatch(c -> c == '\\' || Character.isWhitespace(c));
    }

    private static boolean isRealm(String text) {
        return !text.isEmpty() && text.chars().noneMatch(c -> c == '@' || c == '/' || c == ':');
    }
}
