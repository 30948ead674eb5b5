package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

class Socks5GreetingFuzz {

    @FuzzTest(maxDuration = "1m")
    void decode(byte[] octets) {
        Laws.GREETING.holdsFor(octets);
    }
}
