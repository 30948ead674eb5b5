package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    @ParameterizedTest
    @EnumSource(SocksVersion.class)
    void connectAndBindInAllDialects(SocksVersion version) {
        assertThat(Command.of(version, 1)).contains(Command.CONNECT);
        assertThat(Command.of(version, 2)).contains(Command.BIND);
    }

    @Test
    void udpInSocks5Only() {
        assertThat(Command.of(SocksVersion.SOCKS5, 3)).contains(Command.UDP);
        assertThat(Command.of(SocksVersion.SOCKS4, 3)).isEmpty();
        assertThat(Command.of(SocksVersion.SOCKS4A, 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 0x80, 0xFF})
    void noOthers(int code) {
        assertThat(Command.of(SocksVersion.SOCKS5, code)).isEmpty();
    }
}
