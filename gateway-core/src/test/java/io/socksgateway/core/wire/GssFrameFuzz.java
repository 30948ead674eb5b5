package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

public final class GssFrameFuzz {

    @FuzzTest(maxDuration = "1m")
    public void decode(byte[] octets) {
        Laws.GSS_TOKEN.holdsFor(octets);
        Laws.GSS_LEVEL.holdsFor(octets);
        Laws.GSS_DATA.holdsFor(octets);
    }
}
