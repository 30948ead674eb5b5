package io.socksgateway.deploy.bench.load;

import java.util.Random;

/**
 * An endless stream of octets whose every part can be sent, or compared with, without making it first. Its period is
 * prime, so that no block of a usual size can be missing or be there twice without being noticed.
 *
 * <p>Thread-safe.
 */
final class Pattern {

    /** The most octets of one part. */
    static final int MAX_PART = 256 << 10;

    private static final int PERIOD = 65_521;
    private static final NativeOctets OCTETS = NativeOctets.of(make());

    private Pattern() {}

    private static byte[] make() {
        byte[] octets = new byte[PERIOD + MAX_PART];
        byte[] period = new byte[PERIOD];
        new Random(PERIOD).nextBytes(period);
        for (int i = 0; i < octets.length; i += PERIOD) {
            System.arraycopy(period, 0, octets, i, Math.min(PERIOD, octets.length - i));
        }
        return octets;
    }

    /** Where any part can be found: see {@link #index}. */
    static NativeOctets octets() {
        return OCTETS;
    }

    /** Index in {@link #octets} of the part that begins at a position of the stream. */
    static int index(long position) {
        return (int) (position % PERIOD);
    }
}
