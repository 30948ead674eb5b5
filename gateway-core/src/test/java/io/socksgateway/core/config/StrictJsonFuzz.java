package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

public final class StrictJsonFuzz {

    private static final ConfigReader READER = new ConfigReader(Path.of("."), name -> null);

    /** A configuration is read, or refused in words that fit on a line of the terminal. */
    @FuzzTest(maxDuration = "1m")
    public void read(byte[] document) {
        JsonObject json;
        try {
            json = StrictJson.parse(document);
        } catch (JsonSyntaxException e) {
            assertPrintable(e.reason());
            assertPrintable(e.hint());
            return;
        }
        if (READER.read(json) instanceof LoadedConfig.Invalid invalid) {
            assertThat(invalid.errors()).isNotEmpty().allSatisfy(error -> assertPrintable(error.toString()));
        }
    }

    private static void assertPrintable(String text) {
        assertThat(text.chars().noneMatch(Character::isISOControl)).as(text).isTrue();
    }
}
