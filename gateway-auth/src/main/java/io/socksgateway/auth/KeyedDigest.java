package io.socksgateway.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HMAC-SHA-256, RFC 2104: {@code H((K ^ opad) | H((K ^ ipad) | text))}. On the digest alone, as Java's own {@code Mac} brings
 * all its providers of cryptography along, which would be a tenth of a start.
 *
 * <p>Confined to one event loop.
 */
final class KeyedDigest {

    /** Octets that SHA-256 takes at a time; the longest key, which is as good as any longer one. */
    static final int BLOCK = 64;

    private static final String SHA256 = "SHA-256";

    private final MessageDigest digest;
    private final byte[] inner;
    private final byte[] outer;

    /**
     * Takes a key.
     *
     * @throws IllegalArgumentException if it is longer than a block
     */
    KeyedDigest(byte[] key) {
        if (key.length > BLOCK) {
            throw new IllegalArgumentException("key: " + key.length + " octets (expected: at most " + BLOCK + ")");
        }
        this.inner = padded(key, 0x36);
        this.outer = padded(key, 0x5c);
        try {
            this.digest = MessageDigest.getInstance(SHA256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + SHA256, e);
        }
    }

    private static byte[] padded(byte[] key, int pad) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) ((i < key.length ? key[i] : 0) ^ pad);
        }
        return block;
    }

    /** The digest of a text that is given in parts; how it is parted makes no difference. */
    byte[] of(byte[]... parts) {
        digest.update(inner);
        for (byte[] part : parts) {
            digest.update(part);
        }
        byte[] text = digest.digest();
        digest.update(outer);
        return digest.digest(text);
    }
}
