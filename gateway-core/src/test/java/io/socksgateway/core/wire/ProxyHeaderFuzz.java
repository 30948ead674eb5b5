package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class ProxyHeaderFuzz {

    @FuzzTest(maxDuration = "1m")
    public void decode(byte[] octets) {
        Laws.PROXY.holdsFor(octets);
    }
}
