package io.socksgateway.core.net.dns;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class AnswerFuzz {

    /** A datagram from a name server, or from somebody who plays one. */
    @FuzzTest(maxDuration = "1m")
    public void read(byte[] datagram) {
        AnswerLaw.holdsFor(datagram);
    }
}
