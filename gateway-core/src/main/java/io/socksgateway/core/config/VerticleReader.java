package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads authenticators of type {@code verticle}. Whether the class is there is seen when its jars are looked at. */
final class VerticleReader {

    /** What the verticle is told by us stands under this key of its configuration. */
    private static final String OURS = "gateway";

    private static final String FOLDER = "plugins";
    private static final Pattern CLASS = Pattern.compile("\\S{1,1000}");
    private static final Pattern CODE = Pattern.compile("0[xX][0-9A-Fa-f]{2}");
    /** Also those that there may be one day: what plug-ins are called is not to change then. */
    private static final List<String> RESERVED = List.of("gssapi");

    private static final Kind<String> CLASS_NAME =
            matching(CLASS, "the name of a class, such as \"com.example.PartnerAuth\"");
    private static final Kind<Integer> METHOD_CODE =
            new Text<>("a method from \"0x03\" to \"0xFE\", such as \"0x80\"", VerticleReader::code);
    private static final Choice<String> ON_FAILURE = Choice.of("deny", "cached");
    private static final Choice<PluginThreading> THREADING = Choice.of(PluginThreading.class);
    private static final Kind<Integer> INSTANCES = new WholeNumber(1, 256);
    private static final Kind<Integer> OCTETS = new WholeNumber(1, 65_536);
    private static final Kind<Integer> ROUNDS = new WholeNumber(1, 1_000);

    private final Path plugins;
    private final int javaVersion;
    private final Uniqueness codes;
    private final Uniqueness methodNames;
    private final List<PluginMethod> methods = new ArrayList<>();

    VerticleReader(Findings findings, Path folder) {
        this(findings, folder, Runtime.version().feature());
    }

    /** The folder of jars beside a configuration in a folder. */
    static Path plugins(Path folder) {
        return folder.resolve(FOLDER).toAbsolutePath().normalize();
    }

    /**
     * @param javaVersion 17 or more
     */
    VerticleReader(Findings findings, Path folder, int javaVersion) {
        this.plugins = plugins(folder);
        this.javaVersion = javaVersion;
        this.codes = new Uniqueness(findings, "method");
        this.methodNames = new Uniqueness(findings, "name of a method");
    }

    /** The methods that were read so far. */
    List<PluginMethod> methods() {
        return methods;
    }

    AuthenticatorConfig.@Nullable Verticle read(String name, Section section) {
        String className = section.required("class", CLASS_NAME);
        JsonObject config = section.value("config", new JsonObject(), new AnyObject());
        if (config.containsKey(OURS)) {
            section.fail("config", "has a key \"" + OURS + "\"", "expected: another key, this one is for the gateway");
        }
        long timeout = section.value("timeout", "2s", DurationText.POSITIVE);
        boolean remembers = section.value("onFailure", "deny", ON_FAILURE).equals("cached");
        Long ttl = section.object("cache", cache -> cache.value("ttl", "10m", DurationText.POSITIVE));
        int instances = section.value("instances", 1, INSTANCES);
        PluginThreading threading = threading(section);
        boolean mayRename = section.value("mayRename", false, Flag.FLAG);
        PluginMethod method = section.objectIfPresent("method", this::method);
        if (section.has("cache") && !remembers) {
            section.fail("cache", "is not used", "expected: \"onFailure\": \"cached\" beside it");
        }
        if (remembers && section.has("method")) {
            section.fail(
                    "onFailure", "\"cached\" for a method", "expected: \"deny\", as only passwords can be remembered");
        }
        return className == null || ttl == null
                ? null
                : new AuthenticatorConfig.Verticle(
                        name,
                        className,
                        config,
                        plugins,
                        timeout,
                        remembers ? ttl : 0,
                        instances,
                        threading,
                        mayRename,
                        method);
    }

    private PluginThreading threading(Section section) {
        PluginThreading threading = section.value("threading", PluginThreading.EVENT_LOOP.toString(), THREADING);
        if (threading == PluginThreading.VIRTUAL_THREAD && javaVersion < PluginThreading.VIRTUAL_THREADS_SINCE) {
            section.fail(
                    "threading",
                    Shown.quoted(threading.toString()) + " on Java " + javaVersion,
                    "expected: \"worker\", or Java " + PluginThreading.VIRTUAL_THREADS_SINCE + " or newer");
        }
        return threading;
    }

    private @Nullable PluginMethod method(Section section) {
        Integer code = section.required("code", METHOD_CODE);
        String name = section.required("name", NameText.NAME);
        int octets = section.value("maxOctets", 16_384, OCTETS);
        int rounds = section.value("maxRounds", 32, ROUNDS);
        if (code != null) {
            codes.claim("0x%02X".formatted(code), section.path("code"));
        }
        if (name == null) {
            return null;
        }
        if (PluginMethod.BUILT_IN.contains(name) || RESERVED.contains(name)) {
            section.fail("name", Shown.quoted(name) + " is one of the gateway's own", "expected: another name");
            return null;
        }
        methodNames.claim(name, section.path("name"));
        // Known to listeners even if its code is wrong: one mistake is to be one error.
        PluginMethod method = new PluginMethod(code == null ? PluginMethod.FIRST : code, name, octets, rounds);
        methods.add(method);
        return method;
    }

    private static @Nullable Integer code(String text, Cursor at) {
        int code = CODE.matcher(text).matches() ? Integer.parseInt(text.substring(2), 16) : -1;
        if (code >= PluginMethod.FIRST && code <= PluginMethod.LAST) {
            return code;
        }
        at.fail(Shown.quoted(text) + (code < 0 ? "" : " is one of RFC 1928"), "expected: " + METHOD_CODE.expected());
        return null;
    }

    private static Kind<String> matching(Pattern form, String expected) {
        return new Text<>(expected, (text, at) -> {
            if (form.matcher(text).matches()) {
                return text;
            }
            at.unexpected(expected);
            return null;
        });
    }

    /** An object whose keys are somebody else's. */
    private record AnyObject() implements Kind<JsonObject> {
        @Override
        public @Nullable JsonObject read(Cursor at) {
            if (at.value() instanceof JsonObject object) {
                return object;
            }
            at.fail(Shown.typeOf(at.value()), "expected: " + expected());
            return null;
        }

        @Override
        public String expected() {
            return "an object";
        }
    }
}
