package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

class Socks4RequestFuzz {

    @FuzzTest(maxDuration = "1m")
    void decode(byte[] octets) {
        Laws.REQUEST4.holdsFor(octets);
    }
}
