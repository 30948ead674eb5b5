package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.ConfigReader;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDifferenceTest {

    private static GatewayConfig config(String singleQuoted) {
        JsonObject json = new JsonObject(singleQuoted.replace('\'', '"'));
        LoadedConfig loaded = new ConfigReader(Path.of(""), name -> name.equals("HOSTNAME") ? "edge" : null).read(json);
        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        return ((LoadedConfig.Valid) loaded).config();
    }

    @Test
    void whatIsSaidInOtherWordsIsTheSame() {
        ConfigDifference difference = ConfigDifference.between(
                config("{'rules':[{'action':'allow','ports':443}]}"),
                config("{'rules':[{'action':'allow','ports':['443']}],'timeouts':{'idle':'5m'}}"));
        assertThat(difference.changed()).isEmpty();
        assertThat(difference.fixed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "listeners; {'listeners':[{'port':1081}]}",
                "rules; {'rules':[{'action':'deny'}]}",
                "quotas; {'quotas':[{'key':'user','sessions':1}]}",
                "dns; {'dns':{'family':'ipv4'}}",
                "egress; {'egress':{'bind':'127.0.0.1'}}",
                "timeouts; {'timeouts':{'idle':'10s'}}",
                "udp; {'udp':{'anySender':true}}",
                "log.level; {'log':{'level':'debug'}}",
                "node.watch; {'node':{'watch':true}}",
            })
    void aRunningGatewayTakesOver(String section, String document) {
        ConfigDifference difference = ConfigDifference.between(config("{}"), config(document));
        assertThat(difference.changed()).containsExactly(section);
        assertThat(difference.fixed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "node.name; {'node':{'name':'other'}}",
                "node.maxSessions; {'node':{'maxSessions':7}}",
                "cluster; {'cluster':{}}",
                "admin; {'admin':{}}",
                "log.access; {'log':{'access':{'path':'access.log'}}}",
            })
    void onlyARestartChanges(String section, String document) {
        assertThat(ConfigDifference.between(config("{}"), config(document)).fixed())
                .containsExactly(section);
    }

    @Test
    void aTrafficKeepsItsPeriod() {
        String quota = "{'quotas':[{'name':'%s','key':'user','traffic':{'limit':'%s','per':'%s'}}]}";
        GatewayConfig day = config(quota.formatted("q", "1GB", "day"));
        assertThat(ConfigDifference.between(day, config(quota.formatted("q", "1GB", "month")))
                        .fixed())
                .containsExactly("quotas: period of the traffic of \"q\"");
        assertThat(ConfigDifference.between(day, config(quota.formatted("q", "2GB", "day")))
                        .fixed())
                .isEmpty();
        assertThat(ConfigDifference.between(day, config(quota.formatted("r", "1GB", "month")))
                        .fixed())
                .isEmpty();
    }
}
