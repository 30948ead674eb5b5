package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class Socks5AddressFuzz {

    @FuzzTest(maxDuration = "1m")
    public void decode(byte[] octets) {
        Laws.ADDRESS.holdsFor(octets);
    }
}
