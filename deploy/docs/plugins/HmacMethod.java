package com.example;

import io.socksgateway.auth.plugin.Claims;
import io.socksgateway.auth.plugin.MethodVerticle;
import io.socksgateway.auth.plugin.Move;
import io.socksgateway.auth.plugin.Round;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A method without passwords on the wire: the client proves that it has a user's key.
 *
 * <pre>
 * gateway → client   32 random octets
 * client → gateway   length of the name (1), name, HMAC-SHA-256 of the 32 octets under the user's key (32)
 * gateway → client   00 and the request may follow, or 01 and the end
 * </pre>
 */
public final class HmacMethod extends MethodVerticle {

    private static final int LENGTH = 32;

    private final SecureRandom random = new SecureRandom();

    @Override
    protected Future<Move> exchange(Round round) throws GeneralSecurityException {
        if (round.number() == 0) {
            byte[] challenge = new byte[LENGTH];
            random.nextBytes(challenge);
            String remembered = Base64.getEncoder().encodeToString(challenge);
            return Future.succeededFuture(
                    Move.next().sending(challenge).needing(1).remembering(remembered));
        }
        byte[] said = round.octets();
        int name = said[0] & 0xFF;
        int length = 1 + name + LENGTH;
        if (said.length < length) {
            return Future.succeededFuture(Move.next().needing(length).remembering(round.state()));
        }
        String user = new String(said, 1, name, StandardCharsets.UTF_8);
        byte[] proof = Arrays.copyOfRange(said, 1 + name, length);
        boolean right =
                MessageDigest.isEqual(proof, expected(user, Base64.getDecoder().decode(round.state())));
        return Future.succeededFuture(
                right
                        ? Move.accepted(Claims.NONE.user(user).groups("keyed"))
                                .consuming(length)
                                .sending(new byte[] {0})
                        : Move.rejected("wrong proof").sending(new byte[] {1}));
    }

    /** For a user that there is not, what nobody can know: it is to take as long. */
    private byte[] expected(String user, byte[] challenge) throws GeneralSecurityException {
        byte[] key = new byte[LENGTH];
        random.nextBytes(key);
        String known = config().getJsonObject("keys").getString(user);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(known == null ? key : known.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(challenge);
    }
}
