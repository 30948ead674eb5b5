package io.socksgateway.core.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

class UserPasswordFuzz {

    @FuzzTest(maxDuration = "1m")
    void decode(byte[] octets) {
        Laws.USER_PASSWORD.holdsFor(octets);
    }
}
