package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerticleReaderTest {

    private static final Path FOLDER = Path.of("/etc/gateway");

    private final Findings findings = new Findings();

    private AuthenticatorConfig.@Nullable Verticle read(String document, int javaVersion) {
        VerticleReader reader = new VerticleReader(findings, FOLDER, javaVersion);
        JsonObject json = Documents.json(document);
        return Section.read(new Cursor("", json, findings), json, section -> reader.read("partner", section));
    }

    @Test
    void hasDefaultsForAllButTheClass() {
        assertThat(read("{'class':'com.example.PartnerAuth'}", 17))
                .isEqualTo(new AuthenticatorConfig.Verticle(
                        "partner",
                        "com.example.PartnerAuth",
                        new JsonObject(),
                        Path.of("/etc/gateway/plugins"),
                        2_000,
                        0,
                        1,
                        PluginThreading.EVENT_LOOP,
                        false,
                        null));
        assertThat(findings.errors()).isEmpty();
    }

    @Test
    void remembersOnlyIfToldTo() {
        assertThat(read("{'class':'x','onFailure':'cached'}", 17))
                .extracting(AuthenticatorConfig.Verticle::remember)
                .isEqualTo(600_000L);
        assertThat(read("{'class':'x'}", 17))
                .extracting(AuthenticatorConfig.Verticle::remember)
                .isEqualTo(0L);
    }

    @Test
    void hasVirtualThreadsFromJava21On() {
        assertThat(read("{'class':'x','threading':'virtual-thread'}", 21))
                .extracting(AuthenticatorConfig.Verticle::threading)
                .isEqualTo(PluginThreading.VIRTUAL_THREAD);
        assertThat(findings.errors()).isEmpty();

        AuthenticatorConfig.Verticle unused = read("{'class':'x','threading':'virtual-thread'}", 20);
        assertThat(findings.errors())
                .extracting(ConfigError::toString)
                .containsExactly(
                        "threading: \"virtual-thread\" on Java 20 (expected: \"worker\", or Java 21 or newer)");
    }

    @Test
    void showsNothingOfItsConfigurationWhichMayHoldSecrets() {
        JsonObject given = new JsonObject().put("token", "s3cret").put("more", new JsonArray());
        AuthenticatorConfig.Verticle verticle = new AuthenticatorConfig.Verticle(
                "partner", "X", given, FOLDER, 1, 0, 1, PluginThreading.WORKER, false, null);

        assertThat(verticle.toString()).isEqualTo("partner: X");
        given.getJsonArray("more").add(1);
        verticle.config().put("token", "another");
        assertThat(verticle.config()).isEqualTo(new JsonObject("{\"token\":\"s3cret\",\"more\":[]}"));
    }

    @Test
    void aMethodMakesNoPasswordALogin() {
        String hmac = "'authenticators':[{'type':'verticle','class':'x','method':{'code':'0x80','name':'hmac'}}]";
        GatewayConfig config = Documents.config("{'auth':{" + hmac + "}}");

        assertThat(config.auth().checksPasswords()).isFalse();
        assertThat(config.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.auth()).containsExactly("hmac");
            assertThat(listener.methods()).containsExactly(new PluginMethod(0x80, "hmac", 16_384, 32));
        });
        GatewayConfig both = Documents.config("{'auth':{" + hmac
                + ",'users':[{'name':'a','password':'p'}]},'listeners':[{},{'port':1,'auth':'none'}]}");
        assertThat(both.listeners())
                .extracting(ListenerConfig::auth)
                .containsExactly(List.of("hmac", "userpass"), List.of("none"));
        assertThat(both.listeners().get(1).methods()).isEmpty();
    }
}
