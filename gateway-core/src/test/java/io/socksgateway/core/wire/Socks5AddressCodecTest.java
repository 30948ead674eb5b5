package io.socksgateway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.testkit.Decoders;
import io.socksgateway.testkit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Socks5AddressCodecTest {

    @ParameterizedTest
    @CsvSource({
        "01 c0000201 0050, 192.0.2.1:80",
        "04 20010db8 00000000 00000000 00000001 0050, [2001:db8::1]:80",
        "03 09 6c6f63616c686f7374 1f90, localhost:8080",
    })
    void decodes(String hex, String endpoint) {
        Endpoint decoded = Decoders.complete(Socks5AddressCodec::decode, hex);
        assertThat(decoded).hasToString(endpoint);
    }

    @Test
    void unknownTypesAreMalformedAtOnce() {
        Decoders.malformed(Socks5AddressCodec::decode, "02", Decoded.Defect.ADDRESS_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 01 c0 00 02 01 04 38",
        "2001:db8::1, 04 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 04 38",
    })
    void encodesInTheFamilyOfTheAddress(String address, String hex) {
        ByteBuf out = Unpooled.buffer();
        Socks5AddressCodec.encode(Addresses.parse(address).orElseThrow(), 1_080, out);
        assertThat(Hex.text(out)).isEqualTo(hex);
    }
}
