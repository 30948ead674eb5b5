package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("port", "protocols", "to", "from", "minimumMembers");

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "ports, port",
        "PORT, port",
        "protocol, protocols",
        "form, from",
        "minMembers, ''",
        "minimum_members, minimumMembers",
        "too, to",
        "tls, ''",
        "x, ''",
        "host, ''",
        "'', ''"
    })
    void theNearestWordIsFoundIfOneIsNear(String word, String nearest) {
        assertThat(Spelling.nearest(word, KNOWN)).isEqualTo(nearest.isEmpty() ? null : nearest);
    }
}
