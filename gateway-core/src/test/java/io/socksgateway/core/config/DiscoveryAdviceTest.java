package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryAdviceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'discovery':'multicast','host':'10.0.0.1'} | cluster.discovery: by multicast: whoever is in the network of 10.0.0.1 can join",
                "{'discovery':'kubernetes','kubernetes':{'dns':'a.b'}} | cluster.host: no other pod reaches 127.0.0.1",
            })
    void whatIsRiskyOrHardlyMeantIsWarnedAbout(String cluster, String warning) {
        assertThat(Documents.warnings("{'cluster':" + cluster + "}"))
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'cluster':{}}",
                "{'cluster':{'host':'10.0.0.1','discovery':'kubernetes','kubernetes':{'dns':'a.b'}}}"
            })
    void theRestIsNot(String document) {
        assertThat(Documents.warnings(document)).isEmpty();
    }

    @Test
    void nodesAreThoseListedUnlessTheyAreCounted() {
        assertThat(nodes("'members':['a','b','c'],'minimumMembers':2")).isEqualTo(3);
        assertThat(nodes("'members':['a'],'minimumMembers':2")).isEqualTo(2);
        assertThat(nodes("'members':['a'],'minimumMembers':2,'nodes':5")).isEqualTo(5);
        assertThat(nodes("'members':['a','b','c'],'nodes':2")).isEqualTo(2);
    }

    private static int nodes(String cluster) {
        ClusterConfig config = Documents.config("{'cluster':{" + cluster + "}}").cluster();
        return config == null ? 0 : config.nodes();
    }
}
