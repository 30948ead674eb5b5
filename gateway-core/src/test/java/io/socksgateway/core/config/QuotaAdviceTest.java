package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaAdviceTest {

    private static List<String> warnings(String quota) {
        return Documents.warnings("{'quotas':[" + quota + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'key':'user','sessions':0} | quotas[0].sessions: nobody",
                "{'key':'user','sessionsPerSecond':0} | quotas[0].sessionsPerSecond: nobody",
                "{'name':'a','key':'user','traffic':{'limit':'0GB','per':'day'}} | quotas[0].traffic.limit: nobody",
                "{'key':'user','traffic':{'limit':'1GB','per':'day'}} | quotas[0].name: is missing",
                "{'key':'group','sessions':1} | quotas[0].key: counts nobody",
            })
    void whatIsHardlyMeantIsWarnedAbout(String quota, String warning) {
        assertThat(warnings(quota)).singleElement().asString().startsWith(warning);
    }

    @Test
    void theRestIsNot() {
        assertThat(
                        warnings(
                                "{'key':'client','sessions':1},{'name':'b','key':'client','traffic':{'limit':'1B','per':'hour'}}"))
                .isEmpty();
    }
}
