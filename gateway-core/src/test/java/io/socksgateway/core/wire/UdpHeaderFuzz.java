package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

class UdpHeaderFuzz {

    @FuzzTest(maxDuration = "1m")
    void decode(byte[] octets) {
        UdpHeaderLaw.holdsFor(octets);
    }
}
