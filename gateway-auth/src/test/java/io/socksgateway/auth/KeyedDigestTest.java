package io.socksgateway.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {

    /** RFC 4231, section 4.3. */
    @Test
    void isThatOfTheRfc() {
        KeyedDigest digest = new KeyedDigest("Jefe".getBytes(US_ASCII));

        assertThat(digest.of("what do ya ".getBytes(US_ASCII), "want for nothing?".getBytes(US_ASCII)))
                .isEqualTo(HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    @Test
    void isThatOfJavaForAllKeysAndIsThereForTheNext() throws Exception {
        Random random = new Random(1);
        for (int length = 1; length <= KeyedDigest.BLOCK; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            KeyedDigest digest = new KeyedDigest(key);
            for (int size : new int[] {0, 1, 200}) {
                byte[] text = new byte[size];
                random.nextBytes(text);
                assertThat(digest.of(Arrays.copyOf(text, size / 2), Arrays.copyOfRange(text, size / 2, size)))
                        .isEqualTo(mac.doFinal(text));
            }
        }
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> new KeyedDigest(new byte[65]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key: 65 octets (expected: at most 64)");
    }
}
