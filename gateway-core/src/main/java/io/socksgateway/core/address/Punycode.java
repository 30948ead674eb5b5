package io.socksgateway.core.address;

/** The ASCII form of the letters of a label, RFC 3492, without the {@code xn--} that goes before it. */
final class Punycode {

    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE = 0x80;
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Punycode() {}

    /**
     * Encodes a label: section 6.3.
     *
     * @param label of at most 1,000 characters, so that nothing can overflow
     */
    static String encode(String label) {
        int[] codes = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        label.chars().filter(c -> c < FIRST_CODE).forEach(c -> out.append((char) c));
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int next = FIRST_CODE;
        int bias = FIRST_BIAS;
        int delta = 0;
        int handled = basic;
        while (handled < codes.length) {
            int least = leastFrom(next, codes);
            delta += (least - next) * (handled + 1);
            for (int code : codes) {
                if (code < least) {
                    delta++;
                } else if (code == least) {
                    append(delta, bias, out);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            next = least + 1;
        }
        return out.toString();
    }

    private static int leastFrom(int next, int[] codes) {
        int least = Integer.MAX_VALUE;
        for (int code : codes) {
            if (code >= next && code < least) {
                least = code;
            }
        }
        return least;
    }

    /** A number as digits of growing weight; the first below its threshold is the last. */
    private static void append(int delta, int bias, StringBuilder out) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(LEAST, Math.min(MOST, k - bias));
            if (rest < threshold) {
                out.append(DIGITS.charAt(rest));
                return;
            }
            out.append(DIGITS.charAt(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    /** Section 6.1. */
    private static int adapt(int delta, int points, boolean first) {
        int scaled = first ? delta / DAMP : delta / 2;
        scaled += scaled / points;
        int k = 0;
        while (scaled > (BASE - LEAST) * MOST / 2) {
            scaled /= BASE - LEAST;
            k += BASE;
        }
        return k + (BASE - LEAST + 1) * scaled / (scaled + SKEW);
    }
}
