package io.socksgateway.auth;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2 (RFC 9106) in its printed form: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, base64 without padding. No
 * version means 16.
 *
 * <p>Bounds: memory of 8 KiB a lane to 1 GiB and never over a quarter of the heap, 2 GiB of memory times passes, 16 lanes. All
 * that run at a time share that quarter: who finds it taken waits.
 *
 * <p>Immutable.
 */
final class Argon2Hash implements PasswordHash {

    private static final Pattern FORM =
            Pattern.compile("\\$(argon2(?:id|i|d))\\$(?:v=(16|19)\\$)?m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
                    + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,171})");
    private static final Map<String, Integer> TYPES = Map.of(
            "argon2d", Argon2Parameters.ARGON2_d,
            "argon2i", Argon2Parameters.ARGON2_i,
            "argon2id", Argon2Parameters.ARGON2_id);

    /** KiB of memory that one hash, and all that run at a time together, may take. */
    static final int MAX_MEMORY = (int) Math.min(1 << 20, Runtime.getRuntime().maxMemory() / 4 / 1024);
    /** KiB of memory times passes: some seconds. */
    private static final long MAX_WORK = 2L << 20;

    private static final int MAX_LANES = 16;
    private static final Semaphore MEMORY = new Semaphore(MAX_MEMORY, true);

    private final String name;
    private final Argon2Parameters parameters;
    private final byte[] expected;
    private final byte[] fingerprint;

    private Argon2Hash(String name, Argon2Parameters parameters, byte[] expected, byte[] fingerprint) {
        this.name = name;
        this.parameters = parameters;
        this.expected = expected;
        this.fingerprint = fingerprint;
    }

    static Argon2Hash parse(String hash) {
        Matcher form = FORM.matcher(hash);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "malformed argon2 hash (expected: $argon2id$v=19$m=MEMORY,t=PASSES,p=LANES$SALT$HASH)");
        }
        int lanes = Bounds.check("lanes of the argon2 hash", form.group(5), 1, MAX_LANES);
        int memory = Bounds.check("KiB of memory of the argon2 hash", form.group(3), 8 * lanes, MAX_MEMORY);
        int passes = Bounds.check("passes of the argon2 hash", form.group(4), 1, (int) Math.max(1, MAX_WORK / memory));
        String type = form.group(1);
        Argon2Parameters parameters = new Argon2Parameters.Builder(TYPES.getOrDefault(type, -1))
                .withVersion(form.group(2) == null ? 16 : Integer.parseInt(form.group(2)))
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(decode(form.group(6)))
                .build();
        return new Argon2Hash(type, parameters, decode(form.group(7)), DigestHash.fingerprint(hash));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("malformed argon2 hash (salt and hash are base64 without padding)");
        }
    }

    static String create(byte[] password) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withMemoryAsKB(19_456)
                .withIterations(2)
                .withParallelism(1)
                .withSalt(salt)
                .build();
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=19456,t=2,p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(parameters, password, 32));
    }

    private static byte[] derive(Argon2Parameters parameters, byte[] password, int length) {
        byte[] derived = new byte[length];
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        int memory = Math.min(parameters.getMemory(), MAX_MEMORY);
        MEMORY.acquireUninterruptibly(memory);
        try {
            int ignored = generator.generateBytes(password, derived);
        } finally {
            MEMORY.release(memory);
        }
        return derived;
    }

    @Override
    public boolean verify(byte[] password) {
        return MessageDigest.isEqual(expected, derive(parameters, password, expected.length));
    }

    @Override
    public long cost() {
        return 5L * parameters.getMemory() * parameters.getIterations() / 2;
    }

    @Override
    public PasswordHash decoy() {
        return new Argon2Hash(name, parameters, DigestHash.random(expected.length), DigestHash.random(32));
    }

    @Override
    public byte[] fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return name + ",m=" + parameters.getMemory() + ",t=" + parameters.getIterations() + ",p="
                + parameters.getLanes();
    }
}
