package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class Socks4RequestFuzz {

    @FuzzTest(maxDuration = "1m")
    public void decode(byte[] octets) {
        Laws.REQUEST4.holdsFor(octets);
    }
}
