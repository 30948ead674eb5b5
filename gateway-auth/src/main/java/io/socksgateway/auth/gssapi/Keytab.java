package io.socksgateway.auth.gssapi;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a keytab has keys for, in the format that MIT Kerberos and Java write; the keys themselves are not kept.
 *
 * <pre>
 * 05 02 | SIZE entry | SIZE entry | ...        SIZE: 4, negative: so many octets of nothing, 0: the end
 * entry: COUNT(2) REALM COMPONENT... NAME-TYPE(4) TIME(4) KVNO(1) KEY-TYPE(2) KEY ...; each text and key behind its length(2)
 * </pre>
 *
 * <p>Immutable.
 */
record Keytab(List<Entry> entries) {

    private static final int MAX_BYTES = 1 << 20;
    private static final int FORMAT = 0x0502;
    private static final int NAME_TYPE = 4;
    private static final int TIME_AND_VERSION = 5;

    /** A key's owner, and its type as Kerberos numbers them. */
    record Entry(String principal, int keyType) {}

    Keytab {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a file. Blocks.
     *
     * @throws IOException if it cannot be read, or is no keytab
     */
    static Keytab read(Path path) throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException("longer than " + MAX_BYTES + " octets");
        }
        byte[] octets = Files.readAllBytes(path);
        try {
            return parse(ByteBuffer.wrap(octets));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("not a keytab, or cut off", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static Keytab parse(ByteBuffer in) throws IOException {
        if (in.remaining() < 2 || in.getShort() != FORMAT) {
            throw new IOException("not a keytab of format 5.2");
        }
        List<Entry> entries = new ArrayList<>();
        while (in.remaining() >= Integer.BYTES) {
            int size = in.getInt();
            if (size == 0) {
                break;
            }
            ByteBuffer entry = in.slice(in.position(), Math.abs(size));
            in.position(in.position() + Math.abs(size));
            if (size > 0) {
                entries.add(entry(entry));
            }
        }
        return new Keytab(entries);
    }

    private static Entry entry(ByteBuffer in) {
        int count = in.getShort();
        String realm = text(in);
        List<String> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            components.add(text(in));
        }
        in.position(in.position() + NAME_TYPE + TIME_AND_VERSION);
        return new Entry(String.join("/", components) + "@" + realm, in.getShort());
    }

    private static String text(ByteBuffer in) {
        int length = in.getShort();
        String text =
                StandardCharsets.UTF_8.decode(in.slice(in.position(), length)).toString();
        in.position(in.position() + length);
        return text;
    }

    /** Whoever it has keys of. */
    Set<String> principals() {
        Set<String> principals = new TreeSet<>();
        entries.forEach(entry -> principals.add(entry.principal()));
        return principals;
    }

    /** The types of the keys of a principal. */
    Set<Integer> keyTypes(String principal) {
        Set<Integer> types = new TreeSet<>();
        entries.stream()
                .filter(entry -> entry.principal().equals(principal))
                .forEach(entry -> types.add(entry.keyType()));
        return types;
    }
}
