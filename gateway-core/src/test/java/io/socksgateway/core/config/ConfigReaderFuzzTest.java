package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random documents of known and unknown keys, of plausible and absurd values. */
class ConfigReaderFuzzTest {

    private static final List<Object> SCALARS = new ArrayList<>(List.of(
            0,
            1,
            -1,
            80,
            65_536,
            Long.MAX_VALUE,
            new BigInteger("9".repeat(400)),
            0.5,
            1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            true,
            false,
            "",
            " ",
            "-",
            "a",
            "a\u0000b",
            "\ud800",
            "10s",
            "99999999999999s",
            "allow",
            "user",
            "file",
            "none",
            "userpass",
            "socks5",
            "10.0.0.0/8",
            "1.2.3.4/9",
            "::/129",
            "[::]:99999",
            "*",
            "*.",
            "*.a.b",
            "@internal",
            "@",
            "80-",
            "-80",
            "9-8",
            "::1",
            "0.0.0.0",
            "a:b:c",
            "/",
            "//",
            ".",
            "..",
            "tcp",
            "deny",
            "x".repeat(300),
            "\uD83D\uDE00"));

    private final Path folder;

    ConfigReaderFuzzTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void noDocumentMakesTheReaderThrow() {
        SCALARS.add(null);
        Random random = new Random(42);
        List<String> keys = keys();
        ConfigReader reader = new ConfigReader(folder, name -> name.equals("a") ? "value" : null);
        int valid = 0;
        for (int i = 0; i < 30_000; i++) {
            JsonObject document = object(random, keys, 0);
            LoadedConfig loaded = reader.read(document);
            if (loaded instanceof LoadedConfig.Invalid invalid) {
                assertThat(invalid.errors()).as(document.encode()).isNotEmpty().allSatisfy(error -> {
                    assertThat(error.path()).isNotEmpty();
                    assertThat(error.message()).isNotEmpty();
                    assertThat(error.toString().chars().noneMatch(Character::isISOControl))
                            .isTrue();
                });
            } else {
                valid++;
            }
        }
        assertThat(valid).as("documents that were right by chance").isPositive();
    }

    private static List<String> keys() {
        Findings findings = new Findings();
        Set<String> keys = new TreeSet<>(Set.of("unknown", "", "a b"));
        GatewayConfig ignored = new ConfigReader(Path.of(""), name -> null).read(SchemaTest.complete(), findings);
        findings.keys().byKind().values().forEach(known -> keys.addAll(known.keySet()));
        return List.copyOf(keys);
    }

    private static JsonObject object(Random random, List<String> keys, int depth) {
        JsonObject object = new JsonObject();
        for (int n = random.nextInt(4); n > 0; n--) {
            object.put(keys.get(random.nextInt(keys.size())), value(random, keys, depth + 1));
        }
        return object;
    }

    private static Object value(Random random, List<String> keys, int depth) {
        int choice = random.nextInt(depth > 4 ? 1 : 3);
        if (choice == 1) {
            return object(random, keys, depth);
        } else if (choice == 2) {
            JsonArray array = new JsonArray();
            for (int n = random.nextInt(4); n > 0; n--) {
                array.add(value(random, keys, depth + 1));
            }
            return array;
        }
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }
}
