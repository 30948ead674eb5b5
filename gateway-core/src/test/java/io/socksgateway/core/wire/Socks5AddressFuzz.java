package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

class Socks5AddressFuzz {

    @FuzzTest(maxDuration = "1m")
    void decode(byte[] octets) {
        Laws.ADDRESS.holdsFor(octets);
    }
}
