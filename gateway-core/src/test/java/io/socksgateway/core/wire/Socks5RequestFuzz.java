package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class Socks5RequestFuzz {

    @FuzzTest(maxDuration = "1m")
    public void decode(byte[] octets) {
        Laws.REQUEST5.holdsFor(octets);
    }
}
