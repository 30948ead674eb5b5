package io.socksgateway.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class LocalCodecTest {

    private final LocalCodec<QuotaRelease> codec = new LocalCodec<>(QuotaRelease.class);

    @Test
    void passesTheObjectItself() {
        QuotaRelease message = new QuotaRelease("1-1");
        assertThat(codec.transform(message)).isSameAs(message);
        assertThat(codec.systemCodecID()).isEqualTo((byte) -1);
        assertThat(codec.name()).isEqualTo("gateway.QuotaRelease");
    }

    @Test
    void neverLeavesTheNode() {
        assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), new QuotaRelease("1-1")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not leave the node");
        assertThatThrownBy(() -> codec.decodeFromWire(0, Buffer.buffer()))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
