package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodSetTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 127, 128, 191, 192, 255})
    void holdsEachOctetApart(int method) {
        MethodSet only = MethodSet.of(method);
        for (int other = 0; other < 256; other++) {
            assertThat(only.contains(other)).isEqualTo(other == method);
        }
        assertThat(only.contains(256 + method)).isFalse();
    }
}
