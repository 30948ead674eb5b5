package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'sessions':1} | user | alice | 1 session for each user, here alice
                    {'sessions':5,'sessionsPerSecond':50} | client | 10.1.2.3 | 5 sessions, 50 new sessions a second for each client, here 10.1.2.3
                    {'traffic':{'limit':'50GB','per':'month'}} | user | `` | 50GB per month for each user, here (no login)
                    {'traffic':{'limit':1000,'per':'day','direction':'up'}} | group | `` | 1000 up per day for each group, here (no group)
                    {'bandwidth':{'up':'20Mbit/s','down':'100Mbit/s'}} | listener | `` | 20Mbit/s up, 100Mbit/s down for each listener, here that of --listener
                    """)
    void aQuotaIsASentence(String limits, String key, String subject, String words) {
        JsonObject quota = new JsonObject("{'name':'q','limits':%s,'key':'%s','subjects':['%s']}"
                .formatted(limits, key, subject)
                .replace('\'', '"'));

        assertThat(QuotaWords.of(quota)).isEqualTo("quota q: " + words);
    }
}
