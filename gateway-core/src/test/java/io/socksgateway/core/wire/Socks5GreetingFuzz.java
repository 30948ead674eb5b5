package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class Socks5GreetingFuzz {

    @FuzzTest(maxDuration = "1m")
    public void decode(byte[] octets) {
        Laws.GREETING.holdsFor(octets);
    }
}
