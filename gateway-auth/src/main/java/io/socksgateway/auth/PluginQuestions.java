package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.wire.UserPassword;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        JsonObject question = question(PluginContract.LOGIN, request.client(), request.listener(), request.session())
                .put(PluginContract.METHOD, "userpass")
                .put(PluginContract.USER, credentials.user());
        try {
            return question.put(
                    PluginContract.PASSWORD,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(credentials.password()))
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            return question.put(PluginContract.PASSWORD_OCTETS, octets(credentials.password()));
        }
    }

    /**
     * A round of an exchange.
     *
     * @param method its name
     */
    static JsonObject exchange(ExchangeRequest request, String method) {
        byte[] octets = new byte[request.octets().remaining()];
        request.octets().duplicate().get(octets);
        JsonObject question = question(PluginContract.EXCHANGE, request.client(), request.listener(), request.session())
                .put(PluginContract.METHOD, method)
                .put(PluginContract.ROUND, request.round())
                .put(PluginContract.OCTETS, octets(octets));
        Arrays.fill(octets, (byte) 0);
        return request.state() == null ? question : question.put(PluginContract.STATE, request.state());
    }

    /** Octets in JSON. */
    static String octets(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static JsonObject question(String ask, InetAddress client, String listener, String session) {
        return question(ask)
                .put(PluginContract.CLIENT, Addresses.format(client))
                .put(PluginContract.LISTENER, listener)
                .put(PluginContract.SESSION, session);
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
