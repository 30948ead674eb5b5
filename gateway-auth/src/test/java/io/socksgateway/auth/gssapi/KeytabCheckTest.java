package io.socksgateway.auth.gssapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.config.GssapiConfig;
import io.socksgateway.core.wire.Protection;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a keytab is said before the first client comes. */
class KeytabCheckTest {

    private static final int AES128 = 17;
    private static final int AES256 = 18;
    private static final int RC4 = 23;

    private Path file;

    @BeforeEach
    void place(@TempDir Path folder) {
        file = folder.resolve("socks.keytab");
    }

    /** A keytab as MIT's tools write it. */
    private static final class Writer {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(octets);

        Writer() throws IOException {
            out.writeShort(0x0502);
        }

        Writer key(String realm, int type, int length, String... components) throws IOException {
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(entry);
            fields.writeShort(components.length);
            fields.writeUTF(realm);
            for (String component : components) {
                fields.writeUTF(component);
            }
            fields.writeInt(1); // NT-PRINCIPAL
            fields.writeInt(1_700_000_000);
            fields.writeByte(2); // version of the key
            fields.writeShort(type);
            fields.writeShort(length);
            fields.write(new byte[length]);
            out.writeInt(entry.size());
            entry.writeTo(out);
            return this;
        }

        Writer hole(int length) throws IOException {
            out.writeInt(-length);
            out.write(new byte[length]);
            return this;
        }

        byte[] octets() {
            return octets.toByteArray();
        }
    }

    private KeytabCheck check(String... principals) {
        GssapiConfig config = new GssapiConfig(
                "krb",
                file,
                List.of(principals),
                List.of(Protection.INTEGRITY),
                false,
                Set.of(),
                List.of(),
                Set.of(),
                0);
        return new KeytabCheck("auth.authenticators[3]", config);
    }

    @Test
    void keysOfAllPrincipals() throws Exception {
        Files.write(
                file,
                new Writer()
                        .hole(40)
                        .key("EXAMPLE", RC4, 16, "rcmd", "a.example")
                        .key("EXAMPLE", AES256, 32, "rcmd", "a.example")
                        .key("OTHER", AES128, 16, "rcmd", "b.example")
                        .octets());
        assertThat(check("rcmd/a.example@EXAMPLE", "rcmd/b.example@OTHER").problems())
                .isEmpty();
        assertThat(Keytab.read(file).keyTypes("rcmd/a.example@EXAMPLE")).containsExactly(AES256, RC4);
    }

    @Test
    void theNamesThatThereAreAreInTheHint() throws Exception {
        Files.write(
                file,
                new Writer().key("EXAMPLE", AES256, 32, "http", "a.example").octets());
        assertThat(check("rcmd/a.example@EXAMPLE").problems())
                .containsExactly(
                        "auth.authenticators[3].principal: \"rcmd/a.example@EXAMPLE\" has no key in the keytab "
                                + "(there are keys of \"http/a.example@EXAMPLE\")");
    }

    @Test
    void aLongListIsCut() throws Exception {
        Writer writer = new Writer();
        for (int i = 0; i < 7; i++) {
            writer = writer.key("EXAMPLE", AES256, 32, "u" + i);
        }
        Files.write(file, writer.octets());
        assertThat(check("rcmd/a@EXAMPLE").problems().get(0)).contains("\"u4@EXAMPLE\" and others)");
    }

    @Test
    void keysThatJavaDoesNotTake() throws Exception {
        Files.write(
                file, new Writer().key("EXAMPLE", RC4, 16, "rcmd", "a.example").octets());
        assertThat(check("rcmd/a.example@EXAMPLE").problems())
                .containsExactly(
                        "auth.authenticators[3].principal: \"rcmd/a.example@EXAMPLE\" has only keys of the types "
                                + "[23] in the keytab, which Java does not take (expected: AES, type 17 to 20)");
    }

    @Test
    void whatIsNoKeytab() throws Exception {
        Files.writeString(file, "{}");
        assertThat(check("rcmd/a@EXAMPLE").problems())
                .singleElement()
                .asString()
                .startsWith("auth.authenticators[3].keytab: \"" + file + "\" cannot be used: not a keytab");
        Files.write(file, new byte[0]);
        assertThat(check("rcmd/a@EXAMPLE").problems()).hasSize(1);
        Files.delete(file);
        assertThat(check("rcmd/a@EXAMPLE").problems()).hasSize(1);
    }

    @Test
    void cutOffAnywhereItNeverThrowsAnythingElse() throws Exception {
        byte[] whole = new Writer()
                .key("EXAMPLE", AES256, 32, "rcmd", "a.example")
                .key("EXAMPLE", AES128, 16, "rcmd", "a.example")
                .octets();
        for (int length = 2; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try {
                assertThat(Keytab.read(file).entries()).hasSizeLessThan(2);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("not a keytab");
            }
        }
        byte[] negative = new Writer().octets();
        Files.write(file, Arrays.copyOf(negative, negative.length + 4));
        assertThat(Keytab.read(file).entries()).isEmpty();
        Files.write(file, new byte[] {5, 2, (byte) 0x80, 0, 0, 0});
        assertThatThrownBy(() -> Keytab.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void whatEveryoneMayReadIsWarnedOf() throws Exception {
        Files.write(file, new Writer().octets());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(check("rcmd/a@EXAMPLE").warnings()).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(check("rcmd/a@EXAMPLE").warnings())
                .containsExactly("auth.authenticators[3].keytab: \"" + file
                        + "\" can be read by every user of this machine (chmod o= it)");
    }
}
