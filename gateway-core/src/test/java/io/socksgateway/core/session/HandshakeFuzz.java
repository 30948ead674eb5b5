package io.socksgateway.core.session;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

public final class HandshakeFuzz {

    private static final int HEAD = 6;

    /**
     * The input is what the client says behind a head.
     *
     * @param input four octets of choices for {@link Dialogue}, two lengths of pieces, then the client's octets
     */
    @FuzzTest(maxDuration = "1m")
    public void dialogue(byte[] input) {
        if (input.length >= HEAD) {
            byte[] lengths = Arrays.copyOfRange(input, 4, HEAD);
            byte[] octets = Arrays.copyOfRange(input, HEAD, input.length);
            DialogueLaw.holdsFor(octets, lengths, ByteBuffer.wrap(input).getInt());
        }
    }
}
