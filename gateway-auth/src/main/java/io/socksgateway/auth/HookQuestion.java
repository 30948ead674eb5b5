package io.socksgateway.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a service is asked about a login: the same JSON as a plug-in, as octets. No string is made of the password, unless it is not
 * UTF-8.
 */
final class HookQuestion {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** As much as a password of 255 octets takes, escaped; what is in it is wiped, and a larger one would leave copies. */
    private static final int ENOUGH = 8_192;

    private HookQuestion() {}

    static byte[] of(AuthRequest request) {
        byte[] password = request.credentials().password();
        Wiped out = new Wiped();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField(PluginContract.VERSION_KEY, PluginContract.VERSION);
            json.writeStringField(PluginContract.ASK, PluginContract.LOGIN);
            json.writeStringField(PluginContract.METHOD, "userpass");
            json.writeStringField(PluginContract.USER, request.credentials().user());
            json.writeStringField(PluginContract.CLIENT, Addresses.format(request.client()));
            json.writeStringField(PluginContract.LISTENER, request.listener());
            json.writeStringField(PluginContract.SESSION, request.session());
            if (isUtf8(password)) {
                json.writeFieldName(PluginContract.PASSWORD);
                json.writeUTF8String(password, 0, password.length);
            } else {
                json.writeStringField(PluginContract.PASSWORD_OCTETS, PluginQuestions.octets(password));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] question = out.toByteArray();
        out.wipe();
        return question;
    }

    private static boolean isUtf8(byte[] octets) {
        CharBuffer decoded = CharBuffer.allocate(octets.length);
        boolean good = !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets), decoded, true)
                .isError();
        Arrays.fill(decoded.array(), '\0');
        return good;
    }

    private static final class Wiped extends ByteArrayOutputStream {

        private Wiped() {
            super(ENOUGH);
        }

        private void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
