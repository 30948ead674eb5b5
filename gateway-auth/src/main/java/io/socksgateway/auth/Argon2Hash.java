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
 * <p>Bounds: memory of 8 KiB a lane to 1 GiB and never over half of the heap, 2 GiB of memory times passes, 16 lanes. All
 * that run at a time share that half: who finds it taken waits.
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
    static final int MAX_MEMORY = (int) Math.min(1 << 20, Runtime.getRuntime().maxMemory() / 2 / 1024);
    /** KiB of memory times passes: some seconds. */
    private static final long MAX_WORK = 2L << 20;

    private static final int MAX_LANES = 16;
    private static final Parameters DEFAULT = new Parameters(Argon2Parameters.ARGON2_id, 19, 19_456, 2, 1);
    private static final Semaphore MEMORY = new Semaphore(MAX_MEMORY, true);

    private final String name;
    private final Parameters parameters;
    private final byte[] salt;
    private final byte[] expected;
    private final byte[] fingerprint;

    /**
     * What a hash says of how it was made. The library's own is made when it is needed: to read and check that library takes
     * as long as the rest of a start.
     *
     * @param memory KiB
     */
    private record Parameters(int type, int version, int memory, int passes, int lanes) {

        Argon2Parameters with(byte[] salt, Argon2Memory blocks) {
            return new Argon2Parameters.Builder(type)
                    .withVersion(version)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .withBlockPool(blocks)
                    .build();
        }
    }

    private Argon2Hash(String name, Parameters parameters, byte[] salt, byte[] expected, byte[] fingerprint) {
        this.name = name;
        this.parameters = parameters;
        this.salt = salt;
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
        int memory = Bounds.check(
                "KiB of memory of the argon2 hash, at most half of the JVM's heap",
                form.group(3),
                8 * lanes,
                MAX_MEMORY);
        int passes = Bounds.check("passes of the argon2 hash", form.group(4), 1, (int) Math.max(1, MAX_WORK / memory));
        String type = form.group(1);
        int version = form.group(2) == null ? 16 : Integer.parseInt(form.group(2));
        return new Argon2Hash(
                type,
                new Parameters(TYPES.getOrDefault(type, -1), version, memory, passes, lanes),
                decode(form.group(6)),
                decode(form.group(7)),
                DigestHash.fingerprint(hash));
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
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=19456,t=2,p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(DEFAULT, salt, password, 32));
    }

    static PasswordHash decoyOfDefault() {
        return new Argon2Hash("argon2id", DEFAULT, DigestHash.random(16), DigestHash.random(32), DigestHash.random(32));
    }

    private static byte[] derive(Parameters parameters, byte[] salt, byte[] password, int length) {
        byte[] derived = new byte[length];
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        int memory = Math.min(parameters.memory, MAX_MEMORY);
        MEMORY.acquireUninterruptibly(memory);
        try {
            Argon2Memory blocks = Argon2Memory.borrow(memory);
            generator.init(parameters.with(salt, blocks));
            int ignored = generator.generateBytes(password, derived);
            blocks.giveBack();
        } finally {
            MEMORY.release(memory);
        }
        return derived;
    }

    @Override
    public boolean verify(byte[] password) {
        return MessageDigest.isEqual(expected, derive(parameters, salt, password, expected.length));
    }

    @Override
    public long cost() {
        return 5L * parameters.memory * parameters.passes / 2;
    }

    @Override
    public PasswordHash decoy() {
        return new Argon2Hash(name, parameters, salt, DigestHash.random(expected.length), DigestHash.random(32));
    }

    @Override
    public byte[] fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return name + ",m=" + parameters.memory + ",t=" + parameters.passes + ",p=" + parameters.lanes;
    }
}
