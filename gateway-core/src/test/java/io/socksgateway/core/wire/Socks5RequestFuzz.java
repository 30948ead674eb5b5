package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

class Socks5RequestFuzz {

    @FuzzTest(maxDuration = "1m")
    void decode(byte[] octets) {
        Laws.REQUEST5.holdsFor(octets);
    }
}
