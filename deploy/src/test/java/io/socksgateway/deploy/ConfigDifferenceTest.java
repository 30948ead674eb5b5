package io.socksgateway.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.ConfigReader;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.core.config.TlsConfig;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
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
                "node.data; {'node':{'data':'elsewhere'}}",
                "cluster; {'cluster':{}}",
                "admin; {'admin':{}}",
                "log.access; {'log':{'access':{'path':'access.log'}}}",
            })
    void onlyARestartChanges(String section, String document) {
        assertThat(ConfigDifference.between(config("{}"), config(document)).fixed())
                .containsExactly(section);
    }

    @Test
    void anotherTokenIsTakenOverButNotItsLack() {
        GatewayConfig before = config("{'admin':{'token':'token-5e0c9b7a41'}}");
        ConfigDifference rotated = ConfigDifference.between(before, config("{'admin':{'token':'token-91c7e2aa05'}}"));
        assertThat(rotated.changed()).containsExactly("admin.token");
        assertThat(rotated.fixed()).isEmpty();
        assertThat(ConfigDifference.between(before, config("{'admin':{}}")).fixed())
                .containsExactly("admin");
    }

    /** Or it would be silently ignored: every part of a configuration, changed alone, makes a difference. */
    @Test
    void nothingIsForgotten() throws Exception {
        GatewayConfig before = config("{'admin':{},'cluster':{}}");
        GatewayConfig other = config("""
                {'node':{'name':'other','maxSessions':7,'watch':true,'data':'elsewhere'},
                 'listeners':[{'port':1081}],
                 'auth':{'users':[{'name':'alice','password':'pass-4711'}]},
                 'rules':[{'action':'deny'}],
                 'quotas':[{'key':'user','sessions':1}],
                 'dns':{'family':'ipv4'},
                 'egress':{'bind':'127.0.0.1'},
                 'timeouts':{'idle':'10s'},
                 'udp':{'anySender':true},
                 'cluster':{'port':1},
                 'log':{'level':'debug','access':{'path':'access.log'}},
                 'admin':{'host':'127.0.0.2','port':1,'token':'token-5e0c9b7a41','metrics':{'topUsers':1}}}""");
        assertEachPartCounts(before, before, other, changed -> changed);
        assertEachPartCounts(before, before.node(), other.node(), node -> with(before, "node", node));
        assertEachPartCounts(before, before.log(), other.log(), log -> with(before, "log", log));
        assertEachPartCounts(
                before,
                requireNonNull(before.admin()),
                requireNonNull(other.admin()),
                admin -> with(before, "admin", admin));
    }

    private static <R extends Record> void assertEachPartCounts(
            GatewayConfig before, R part, R other, Function<R, GatewayConfig> whole) throws Exception {
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            String what = part.getClass().getSimpleName() + "." + component.getName();
            if (component.getType() == TlsConfig.class) {
                continue; // of files, and those are looked at all the time
            }
            Object value = component.getAccessor().invoke(other);
            assertThat(value)
                    .as(what + ": the test has another value for it")
                    .isNotEqualTo(component.getAccessor().invoke(part));
            ConfigDifference difference =
                    ConfigDifference.between(before, whole.apply(with(part, component.getName(), value)));
            assertThat(difference.changed().size() + difference.fixed().size())
                    .as(what)
                    .isPositive();
        }
    }

    /** A copy with another value in one place. */
    @SuppressWarnings("unchecked")
    private static <R extends Record> R with(R record, String name, Object value) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getName().equals(name)
                        ? value
                        : components[i].getAccessor().invoke(record);
            }
            return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void theTrafficOfAQuotaMayHaveAnotherPeriod() {
        String quota = "{'quotas':[{'name':'q','key':'user','traffic':{'limit':'1GB','per':'%s'}}]}";
        ConfigDifference difference =
                ConfigDifference.between(config(quota.formatted("day")), config(quota.formatted("month")));
        assertThat(difference.changed()).containsExactly("quotas");
        assertThat(difference.fixed()).isEmpty();
    }
}
