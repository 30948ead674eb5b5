package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What plug-ins are asked. JSON makes a string of the password, which cannot be wiped: it is dropped as soon as there is an
 * answer, and lives on until the memory is used again.
 */
final class PluginQuestions {

    private PluginQuestions() {}

    static JsonObject hello() {
        return question(PluginContract.HELLO);
    }

    static JsonObject login(AuthRequest request) {
        UserPassword credentials = request.credentials();
        JsonObject question = question(PluginContract.LOGIN)
                .put(PluginContract.METHOD, "userpass")
                .put(PluginContract.USER, credentials.user())
                .put(PluginContract.CLIENT, Addresses.format(request.client()))
                .put(PluginContract.LISTENER, request.listener())
                .put(PluginContract.SESSION, request.session());
        try {
            return question.put(
                    PluginContract.PASSWORD,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(credentials.password()))
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            return question.put(
                    PluginContract.PASSWORD_BASE64, Base64.getEncoder().encodeToString(credentials.password()));
        }
    }

    private static JsonObject question(String ask) {
        return new JsonObject()
                .put(PluginContract.VERSION_KEY, PluginContract.VERSION)
                .put(PluginContract.ASK, ask);
    }

    /** Drops the credentials of a question that was answered. */
    static void forget(JsonObject question) {
        question.clear();
    }
}
