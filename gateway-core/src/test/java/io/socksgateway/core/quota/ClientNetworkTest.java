package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,            192.0.2.7",
        "::ffff:192.0.2.7,     192.0.2.7",
        "2001:db8::,           2001:db8::/64",
        "2001:db8:0:0:f::7,    2001:db8::/64",
        "2001:db8:0:1::7,      2001:db8:0:1::/64"
    })
    void isTheAddressOrItsNetwork(String address, String client) {
        assertThat(ClientNetwork.of(Addresses.parse(address).orElseThrow())).isEqualTo(client);
    }

    /** As a socket may have it. */
    @Test
    void aMappedAddressInSixteenOctetsIsNotCutToTheNetworkOfAllOfThem() throws UnknownHostException {
        byte[] octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7};
        Inet6Address mapped = Inet6Address.getByAddress(null, octets, -1);
        assertThat(ClientNetwork.of(mapped)).isEqualTo("192.0.2.7");
        assertThat(LoginSubject.of(mapped, "alice").user()).isEqualTo("user/192.0.2.0/24/alice");
    }
}
