package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads authenticators of type {@code http}.
 *
 * @param certificates kind of the file with those to trust
 * @param secret kind of the headers' values
 */
record HookReader(Kind<List<X509Certificate>> certificates, Kind<Secret> secret) {

    private static final int DEFAULT_CONCURRENCY = 64;
    private static final Kind<Integer> CONCURRENCY = new WholeNumber(1, 10_000);
    private static final String EXPECTED = "the URL of a service, such as \"https://login.example.com/check\"";
    private static final Kind<URI> URL = new Text<>(EXPECTED, HookReader::url);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
    private static final Set<String> OURS = Set.of(
            "host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "te", "upgrade");

    @Nullable
    HookConfig read(String name, Section section) {
        URI url = section.required("url", URL);
        Map<String, Secret> headers = section.value("headers", new JsonObject(), new Headers(secret));
        List<X509Certificate> trust = section.optional("trust", certificates);
        boolean insecure = section.value("insecure", false, Flag.FLAG);
        boolean mayRename = section.value("mayRename", false, Flag.FLAG);
        int concurrency = section.value("concurrency", DEFAULT_CONCURRENCY, CONCURRENCY);
        long timeout = section.value("timeout", "2s", DurationText.POSITIVE);
        AuthCacheConfig cache = AuthCacheConfig.read(section);
        if (url == null || cache == null) {
            return null;
        }
        boolean plain = url.getScheme().equals("http");
        if (plain && !insecure && !HostText.isLoopback(url.getHost())) {
            section.fail(
                    "url",
                    "would send passwords in the clear to " + url.getHost(),
                    "expected: https://, or \"insecure\": true if that is wanted");
        }
        if (plain && section.has("trust")) {
            section.fail("trust", "is given, and url is without TLS", "expected: https:// in url");
        }
        return new HookConfig(
                name, url, headers, trust == null ? List.of() : trust, mayRename, concurrency, timeout, cache);
    }

    private static @Nullable URI url(String text, Cursor at) {
        if (text.indexOf('@') >= 0) {
            at.fail("holds a user or a password", "expected: the header \"Authorization\" in headers");
            return null;
        }
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("https") || scheme.equals("http");
            if (http && url.getHost() != null && url.getPort() <= 65_535 && url.getRawFragment() == null) {
                return new URI(scheme + text.substring(scheme.length()));
            }
        } catch (URISyntaxException e) {
            // Below.
        }
        at.fail(Shown.quoted(UrlSecrets.hideIfWrong(text)), "expected: " + EXPECTED);
        return null;
    }

    /** An object whose keys are names of headers. */
    private record Headers(Kind<Secret> secret) implements Kind<Map<String, Secret>> {

        @Override
        public @Nullable Map<String, Secret> read(Cursor at) {
            if (!(at.value() instanceof JsonObject json)) {
                at.fail(Shown.typeOf(at.value()), "expected: " + expected());
                return null;
            }
            Map<String, Secret> headers = new LinkedHashMap<>();
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            boolean good = true;
            for (String name : json.fieldNames()) {
                Cursor header = new Cursor(JsonPath.key(at.path(), name), json.getValue(name), at.findings());
                Secret value = secret.read(header);
                if (value == null) {
                    good = false;
                } else if (problem(name, value, names.add(name), header)) {
                    good = false;
                } else {
                    headers.put(name, value);
                }
            }
            return good ? headers : null;
        }

        private static boolean problem(String name, Secret value, boolean first, Cursor header) {
            if (!TOKEN.matcher(name).matches()) {
                header.fail("is no name of a header", "expected: letters, digits and hyphens");
            } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                header.fail("is a header of the gateway's own", "expected: others, such as \"Authorization\"");
            } else if (!first) {
                header.fail("is given twice", "expected: each header once, whatever its case");
            } else if (value.value().chars().anyMatch(c -> c < ' ' || c > '~')) {
                header.fail("has a character that no header may have", "expected: ASCII in one line");
            } else {
                return false;
            }
            return true;
        }

        @Override
        public String expected() {
            return "an object with headers by name";
        }
    }
}
