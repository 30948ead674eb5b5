package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class UdpHeaderFuzz {

    @FuzzTest(maxDuration = "1m")
    public void decode(byte[] octets) {
        UdpHeaderLaw.holdsFor(octets);
    }
}
