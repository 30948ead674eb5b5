package io.socksgateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    static Stream<Vectors.Vector> vectors() {
        return Vectors.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void acceptsTheRightPasswordAndLeavesItAsItIs(Vectors.Vector vector) {
        byte[] password = vector.password().getBytes(UTF_8);
        byte[] before = password.clone();

        assertThat(PasswordHash.parse(vector.stored()).verify(password)).isTrue();

        assertThat(password).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesEveryOtherPassword(Vectors.Vector vector) {
        PasswordHash hash = PasswordHash.parse(vector.stored());
        byte[] right = vector.password().getBytes(UTF_8);

        for (byte[] wrong : List.of(
                new byte[1],
                "wrong".getBytes(UTF_8),
                ("x" + vector.stored()).getBytes(UTF_8),
                concat(right, new byte[1]),
                concat(new byte[] {' '}, right),
                concat(concat(right, new byte[1]), right),
                new byte[255])) {
            assertThat(hash.verify(wrong)).as(Arrays.toString(wrong)).isFalse();
        }
        if (right.length > 0) {
            assertThat(hash.verify(new byte[0])).isFalse();
            byte[] flipped = right.clone();
            flipped[Math.min(right.length, 72) - 1] ^= 0x20;
            assertThat(hash.verify(flipped)).isFalse();
        }
    }

    @Test
    void countsOnlyTheFirst72OctetsForBcrypt() {
        PasswordHash hash = PasswordHash.parse(Vectors.BCRYPT_EIGHTY);

        assertThat(hash.verify(Vectors.EIGHTY.substring(0, 72).getBytes(UTF_8))).isTrue();
        assertThat(hash.verify(Vectors.EIGHTY.substring(0, 71).getBytes(UTF_8))).isFalse();
    }

    @Test
    void hashesPasswordsWithNulAndOctetsThatAreNotUtf8() {
        byte[] password = {'a', 0, 'b', (byte) 0xff, (byte) 0xfe};
        PasswordHash hash = PasswordHash.parse(PasswordHash.create(password));

        assertThat(hash.verify(password)).isTrue();
        assertThat(hash.verify(new byte[] {'a'})).isFalse();
        assertThat(hash.verify(new byte[] {'a', 0, 'b', (byte) 0xff, (byte) 0xfd}))
                .isFalse();
    }

    @Test
    void createsArgon2idWithItsOwnSaltEachTime() {
        String one = PasswordHash.create("p".getBytes(UTF_8));
        String other = PasswordHash.create("p".getBytes(UTF_8));

        assertThat(one)
                .matches("\\{argon2id}\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(one).isNotEqualTo(other);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void hasADecoyOfTheSameCostThatNothingFits(Vectors.Vector vector) {
        PasswordHash hash = PasswordHash.parse(vector.stored());
        PasswordHash decoy = hash.decoy();

        assertThat(decoy).hasSameClassAs(hash).hasToString(hash.toString());
        assertThat(decoy.cost()).isEqualTo(hash.cost());
        assertThat(decoy.fingerprint()).isNotEqualTo(hash.fingerprint());
        assertThat(decoy.verify(vector.password().getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void printsNothingOfTheHash(Vectors.Vector vector) {
        String stored = vector.stored();

        assertThat(PasswordHash.parse(stored).toString()).doesNotContain(stored.substring(stored.length() - 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}x",
                "{SSHA}c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
                "{noop}secret",
                "{argon2id}secret",
                "{argon2i}" + Vectors.ARGON2ID,
                "{bcrypt}secret",
                "{bcrypt}" + Vectors.APR1,
                "{SHA}secret",
                "{SHA}L55TUjtiq8FBorTWAZ0jy6g129A",
                "$",
                "$$secret",
                "$7$secret",
                "$y$j9T$secret$secret",
                "$argon2id$secret",
                "$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQx$1fi6WmZcKH7FyW4WKcCoG86+ZgI6M15ytN4+usq3O/o",
                "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQx$1fi6WmZcKH7FyW4WKcCoG86+ZgI6M15ytN4+usq3O/o",
                "$argon2id$v=19$m=256,t=2,p=1,keyid=YWJj$c29tZXNhbHQx$1fi6WmZcKH7FyW4WKcCoG86+ZgI6M15ytN4+usq3O/o",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQx$",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQx$1fi6",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQx$1fi6WmZcKH7FyW4WKcCoG86+ZgI6M15ytN4+usq3O/ov1",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQx$1fi6WmZcKH7FyW4WKcCoG86+ZgI6M15ytN4+usq3O/o=",
                "$argon2x$v=19$m=256,t=2,p=1$c29tZXNhbHQx$1fi6WmZcKH7FyW4WKcCoG86+ZgI6M15ytN4+usq3O/o",
                "$2y$05$secret",
                "$2y$5$WVPOgbhga7CzfoymjhUetO1ykuaqrJxukTUbwrQir3G7X5D/XpDRi",
                "$2x$05$WVPOgbhga7CzfoymjhUetO1ykuaqrJxukTUbwrQir3G7X5D/XpDRi",
                "$2$05$WVPOgbhga7CzfoymjhUetO1ykuaqrJxukTUbwrQir3G7X5D/XpDRi",
                Vectors.BCRYPT + "x",
                Vectors.BCRYPT + "\n",
                "$apr1$secret",
                "$apr1$aM.OPkqc1$Az/N3OsDLDX8IWTLWmvco/",
                "$apr1$aM.OPkqc$Az/N3OsDLDX8IWTLWmvco",
                "$apr1$rounds=1000$aM.OPkqc$Az/N3OsDLDX8IWTLWmvco/",
                "$1$$y6iHhJNbuC0xpbk0w9pm80",
                "$5$klJphk72/OkCYfBaX$yPpHoIfKjGTadtQZb.C4FDK8V3F0amXg5O7DtI7zW.8",
                "$6$klJphk72/OkCYfBa$yPpHoIfKjGTadtQZb.C4FDK8V3F0amXg5O7DtI7zW.8"
            })
    void refusesMalformedHashesWithoutQuotingThem(String stored) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(stored))
                .satisfies(e ->
                        assertThat(e.getMessage()).doesNotContain("secret", "WmZcKH7", "CzfoymjhU", "IWTLW", "QZb"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "m=7,t=1,p=1 memory",
                "m=15,t=1,p=2 memory",
                "m=1048577,t=1,p=1 memory",
                "m=999999999,t=1,p=1 memory",
                "m=9999999999,t=1,p=1 malformed",
                "m=64,t=0,p=1 passes",
                "m=64,t=32769,p=1 passes",
                "m=65536,t=33,p=1 passes",
                "m=64,t=1,p=0 lanes",
                "m=1024,t=1,p=17 lanes"
            })
    void boundsWhatAnArgon2HashMayCost(String parameters, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(Vectors.ARGON2ID.replace("m=256,t=2,p=1", parameters)))
                .withMessageContaining(named);
    }

    @Test
    void takesArgon2HashesAtTheBounds() {
        for (String parameters : List.of("m=8,t=1,p=1", "m=64,t=32768,p=1", "m=65536,t=32,p=16")) {
            assertThat(PasswordHash.parse(Vectors.ARGON2ID.replace("m=256,t=2,p=1", parameters)))
                    .hasToString("argon2id," + parameters);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "17", "31", "99"})
    void boundsTheCostOfBcrypt(String cost) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(Vectors.BCRYPT.replace("$05$", "$" + cost + "$")))
                .withMessage("cost of the bcrypt hash: " + Integer.parseInt(cost) + " (expected: 4..16)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "999", "1000001", "999999999"})
    void boundsTheRoundsOfCrypt(String rounds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(
                        "$5$rounds=" + rounds + "$klJphk72/OkCYfBa$yPpHoIfKjGTadtQZb.C4FDK8V3F0amXg5O7DtI7zW.8"))
                .withMessage("rounds of the crypt hash: " + rounds + " (expected: 1000..1000000)");
    }

    @Test
    void tellsPlainTextFromHashes() {
        assertThat(PasswordHash.parse("secret").plainText()).isTrue();
        assertThat(PasswordHash.parse(Vectors.DES).plainText()).isTrue();
        for (String hash : List.of(Vectors.ARGON2ID, Vectors.BCRYPT, Vectors.APR1, Vectors.SHA)) {
            assertThat(PasswordHash.parse(hash).plainText()).as(hash).isFalse();
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
