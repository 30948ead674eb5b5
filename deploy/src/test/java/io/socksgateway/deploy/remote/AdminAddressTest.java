package io.socksgateway.deploy.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.config.AdminAccess;
import io.socksgateway.core.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:9090",
        "0.0.0.0, http://127.0.0.1:9090",
        "::, http://[::1]:9090",
        "::1, http://[::1]:9090",
        "10.0.0.7, http://10.0.0.7:9090",
        "gw.example, http://gw.example:9090"
    })
    void whatIsBoundIsReached(String host, String url) {
        AdminAddress address = AdminAddress.of(new AdminAccess.Found(host, 9090, false, new Secret("t"), null));

        assertThat(address.base()).hasToString(url);
        assertThat(address.host()).doesNotContain("[");
    }

    @Test
    void anUnknownPortIsAnError() {
        assertThatThrownBy(() -> AdminAddress.of(new AdminAccess.Found("127.0.0.1", 0, false, null, null)))
                .hasMessageContaining("admin.port is 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:9090", "ftp://x", "http://", "http://h/path", "http://a b", "//h"})
    void othersAreNoUrls(String url) {
        assertThatThrownBy(() -> AdminAddress.at(url, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://HOST:PORT");
    }

    @ParameterizedTest
    @CsvSource({"http://h, 80", "https://h, 443", "https://h:1/, 1", "HTTP://h, 80"})
    void portsHaveDefaults(String url, int port) {
        assertThat(AdminAddress.at(url, null, null).port()).isEqualTo(port);
    }

    /** Vert.x would show it in what it throws. */
    @ParameterizedTest
    @ValueSource(strings = {"s3cret\n", "\rs3cret", "s3cret ", "s3crét"})
    void aTokenThatNoHeaderCarriesIsNotShown(String text) {
        assertThatThrownBy(() -> AdminAddress.at("http://h", new Secret(text), null))
                .hasMessageContaining("printable ASCII")
                .hasMessageNotContaining("s3cr");
    }

    @Test
    void theTokenIsNotShown() {
        assertThat(AdminAddress.at("http://h", new Secret("s3cret"), null).toString())
                .doesNotContain("s3cret");
    }
}
