package io.socksgateway.core.config;

import static io.socksgateway.core.config.Documents.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.NamePattern;
import io.socksgateway.core.rules.PortRange;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.SocksVersion;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigReaderTest {

    private static final Set<SocksVersion> ALL = Set.of(SocksVersion.values());

    @Test
    void anEmptyDocumentIsTheDefault() {
        assertThat(config("{}"))
                .isEqualTo(new GatewayConfig(
                        new NodeConfig(
                                "machine-7", 50_000, false, Path.of("data").toAbsolutePath()),
                        List.of(new ListenerConfig("default", "127.0.0.1", 1080, ALL, List.of("none"))),
                        new AuthConfig(List.of(), List.of()),
                        List.of(),
                        List.of(),
                        DnsConfig.DEFAULT,
                        EgressConfig.DEFAULT,
                        TimeoutsConfig.DEFAULT,
                        UdpConfig.DEFAULT,
                        null,
                        LogConfig.DEFAULT,
                        null));
    }

    @Test
    void emptySectionsAreTheDefaultToo() {
        assertThat(
                        config(
                                "{'node':{},'auth':{},'rules':[],'quotas':[],'dns':{'cache':{}},'egress':{},'timeouts':{},'udp':{'reassembly':{}},'log':{'access':{}}}"))
                .isEqualTo(config("{}"));
    }

    @Test
    void theJsonOfADefaultRunReadsAsTheDefault() {
        LoadedConfig loaded = Documents.read(DefaultConfig.json(DefaultConfig.HOST, DefaultConfig.PORT));

        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        assertThat(((LoadedConfig.Valid) loaded).config()).isEqualTo(config("{}"));
        assertThat(((LoadedConfig.Valid) loaded).warnings()).isEmpty();
    }

    @Test
    void everythingThatIsGivenArrives() {
        GatewayConfig config = config("""
                { 'node': { 'name': 'edge-1', 'maxSessions': 7 },
                  'listeners': [ { 'name': 'public', 'host': '::1', 'port': 1081, 'protocols': ['socks5', 'socks4a'],
                                   'auth': ['userpass', 'none'] }, { 'port': 0 } ],
                  'auth': { 'users': [ { 'name': 'alice', 'password': '{argon2id}$argon2id$x', 'groups': ['staff'] } ] },
                  'rules': [ { 'id': 'lab', 'action': 'deny', 'users': ['alice'], 'groups': ['staff'],
                               'from': ['10.0.0.0/8', '::1'], 'commands': ['connect', 'udp'],
                               'to': ['*.example.com', '10.1.0.0/16', '@internal'], 'ports': [443, '80', '8000-8999'] } ],
                  'quotas': [ { 'name': 'q', 'key': 'client', 'scope': 'node', 'sessions': 0 } ],
                  'dns': { 'servers': ['10.0.0.53', '10.0.0.54:5353', '[fd00::53]', '[fd00::54]:5353'],
                           'family': 'preferIpv6', 'cache': { 'maxEntries': 0 } },
                  'egress': { 'bind': ['192.0.2.10', '2001:db8::10'] },
                  'timeouts': { 'handshake': '1ms', 'auth': '2s', 'connect': '3m', 'idle': '24h', 'halfClosed': '4s',
                                'bind': '5s', 'drain': '0s' },
                  'udp': { 'advertise': '[2001:db8::7]', 'ports': '40000-40999', 'idleTimeout': '90s',
                           'reassembly': { 'timeout': '7s' }, 'anySender': true },
                  'cluster': { 'name': 'c', 'host': '10.0.0.1', 'port': 5800, 'members': ['a', '[::1]', 'b:1', '[::2]:2'],
                               'discovery': 'tcp', 'minimumMembers': 2, 'onPartition': 'deny' },
                  'log': { 'access': { 'path': '/var/log/access.log' }, 'level': 'debug' },
                  'admin': { 'host': '::1', 'port': 9091, 'token': 't', 'metrics': { 'topUsers': 5 } } }
                """);

        assertThat(config.node())
                .isEqualTo(new NodeConfig("edge-1", 7, false, Path.of("data").toAbsolutePath()));
        assertThat(config.admin()).isEqualTo(new AdminConfig("::1", 9091, new Secret("t"), null, 5));
        assertThat(config.listeners())
                .containsExactly(
                        new ListenerConfig(
                                "public",
                                "::1",
                                1081,
                                Set.of(SocksVersion.SOCKS5, SocksVersion.SOCKS4A),
                                List.of("userpass", "none")),
                        new ListenerConfig("listener-2", "127.0.0.1", 0, ALL, List.of("userpass")));
        assertThat(config.auth().users())
                .containsExactly(new AuthConfig.User("alice", new Secret("{argon2id}$argon2id$x"), Set.of("staff")));
        assertThat(config.rules())
                .containsExactly(new Rule(
                        "lab",
                        false,
                        Set.of("alice"),
                        Set.of("staff"),
                        List.of(cidr("10.0.0.0/8"), cidr("::1")),
                        Set.of(Command.CONNECT, Command.UDP),
                        new Destinations(
                                List.of(new NamePattern(".example.com", false)), List.of(cidr("10.1.0.0/16")), true),
                        List.of(new PortRange(443, 443), new PortRange(80, 80), new PortRange(8000, 8999))));
        assertThat(config.quotas()).containsExactly(new QuotaRule("q", QuotaKey.CLIENT, QuotaScope.NODE, 0));
        assertThat(config.dns())
                .isEqualTo(new DnsConfig(
                        List.of(
                                server("10.0.0.53", 53),
                                server("10.0.0.54", 5353),
                                server("fd00::53", 53),
                                server("fd00::54", 5353)),
                        AddressFamily.PREFER_IPV6,
                        0));
        assertThat(config.egress().bind()).extracting(Addresses::format).containsExactly("192.0.2.10", "2001:db8::10");
        assertThat(config.timeouts()).isEqualTo(new TimeoutsConfig(1, 2_000, 180_000, 86_400_000, 4_000, 5_000, 0));
        assertThat(config.udp())
                .isEqualTo(new UdpConfig(
                        Addresses.parse("2001:db8::7").orElseThrow(),
                        new PortRange(40_000, 40_999),
                        90_000,
                        7_000,
                        true));
        assertThat(config.cluster())
                .isEqualTo(
                        new ClusterConfig("c", "10.0.0.1", 5800, List.of("a:5800", "[::1]:5800", "b:1", "[::2]:2"), 2));
        assertThat(config.log()).isEqualTo(new LogConfig("/var/log/access.log", "debug"));
    }

    private static InetSocketAddress server(String address, int port) {
        return new InetSocketAddress(Addresses.parse(address).orElseThrow(), port);
    }

    @Test
    void anEmptyClusterSectionStartsAClusterOfOne() {
        assertThat(config("{'cluster':{}}").cluster())
                .isEqualTo(new ClusterConfig("socks-gateway", "127.0.0.1", 5701, List.of(), 1));
        assertThat(config("{'cluster':{'port':0,'members':'a'}}").cluster())
                .isEqualTo(new ClusterConfig("socks-gateway", "127.0.0.1", 0, List.of("a:5701"), 1));
    }

    @Test
    void aRuleWithoutConditionsMatchesEverything() {
        Rule anything = new Rule("rule-2", true, Set.of(), Set.of(), List.of(), Set.of(), Destinations.ANY, List.of());
        String empty = "'users':[],'groups':[],'from':[],'commands':[],'to':[],'ports':[]";

        assertThat(config("{'rules':[{'action':'deny','to':'*'},{'action':'allow'}]}")
                        .rules()
                        .get(1))
                .isEqualTo(anything);
        assertThat(config("{'rules':[{'action':'deny'},{'action':'allow'," + empty + "}]}")
                        .rules()
                        .get(1))
                .isEqualTo(anything);
    }

    @ParameterizedTest
    @CsvSource({"'false', 0", "'{}', 5000", "'{\"timeout\":\"1m\"}', 60000"})
    void reassemblyIsOffOrHasATimer(String value, long millis) {
        assertThat(config("{'udp':{'reassembly':" + value + "}}").udp().reassemblyTimeout())
                .isEqualTo(millis);
    }

    @Test
    void quotasNeedNoNameAndCountOverTheClusterByDefault() {
        assertThat(config("{'quotas':[{'key':'group','sessions':3}]}").quotas())
                .containsExactly(new QuotaRule("quota-1", QuotaKey.GROUP, QuotaScope.CLUSTER, 3));
    }

    static Stream<Arguments> scalarsForLists() {
        return Stream.of(
                arguments(
                        "{'listeners':[{'protocols':'socks4','auth':'none'}]}",
                        "{'listeners':[{'protocols':['socks4'],'auth':['none']}]}"),
                arguments(
                        "{'rules':[{'action':'allow','users':'u','groups':'g','from':'::/0','commands':'bind','to':'*','ports':'1-2'}]}",
                        "{'rules':[{'action':'allow','users':['u'],'groups':['g'],'from':['::/0'],'commands':['bind'],'to':['*'],'ports':['1-2']}]}"),
                arguments("{'rules':[{'action':'allow','ports':22}]}", "{'rules':[{'action':'allow','ports':['22']}]}"),
                arguments("{'cluster':{'members':'a:1'}}", "{'cluster':{'members':['a:1']}}"),
                arguments(
                        "{'auth':{'users':[{'name':'a','password':'$2y$x','groups':'g'}]}}",
                        "{'auth':{'users':[{'name':'a','password':'$2y$x','groups':['g','g']}]}}"));
    }

    @ParameterizedTest
    @MethodSource("scalarsForLists")
    void aScalarStandsForAListOfOne(String scalar, String list) {
        assertThat(config(scalar)).isEqualTo(config(list));
    }

    @ParameterizedTest
    @CsvSource({"5.0, 5", "5e0, 5", "65535, 65535", "0, 0"})
    void integersMayBeWrittenAsNumbersWithoutFraction(String number, int port) {
        assertThat(config("{'listeners':[{'port':" + number + "}]}")
                        .listeners()
                        .get(0)
                        .port())
                .isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({"[::1], ::1", "0:0:0:0:0:0:0:1, ::1", "::ffff:127.0.0.1, 127.0.0.1", "Gateway.example, Gateway.example"
    })
    void hostsOfListenersAreMadeCanonical(String host, String canonical) {
        assertThat(config("{'listeners':[{'host':'" + host + "'}]}")
                        .listeners()
                        .get(0)
                        .host())
                .isEqualTo(canonical);
    }

    @Test
    void theSamePortIsFineOnOtherHostsAndIfAnyPortWillDo() {
        assertThat(config("{'listeners':[{'port':0},{'port':0},{'port':1080},{'port':1080,'host':'::1'}]}")
                        .listeners())
                .hasSize(4);
    }

    @Test
    void methodsAreKeptInOrderAndOnce() {
        assertThat(config(
                                "{'auth':{'users':[{'name':'a','password':'$2y$x'}]},'listeners':[{'auth':['none','userpass','none']}]}")
                        .listeners()
                        .get(0)
                        .auth())
                .containsExactly("none", "userpass");
    }

    @Test
    void theNodesNameNeedsNoLookUp() {
        Map<String, String> hostile = Map.of("HOSTNAME", "a\nb");
        LoadedConfig loaded = new ConfigReader(Path.of(""), hostile::get).read(Documents.json("{}"));

        assertThat(((LoadedConfig.Valid) loaded).config().node().name())
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void whatANodeKeepsGoesWhereSystemdSays() {
        assertThat(dataOf("{}", Map.of())).isEqualTo(Path.of("/etc/gateway/data"));
        assertThat(dataOf("{}", Map.of("STATE_DIRECTORY", "/var/lib/one:/var/lib/two")))
                .isEqualTo(Path.of("/var/lib/one"));
        assertThat(dataOf("{'node':{'data':'kept'}}", Map.of("STATE_DIRECTORY", "/var/lib/one")))
                .isEqualTo(Path.of("/etc/gateway/kept"));
    }

    private static Path dataOf(String json, Map<String, String> environment) {
        LoadedConfig loaded = new ConfigReader(Path.of("/etc/gateway"), environment::get).read(Documents.json(json));
        return ((LoadedConfig.Valid) loaded).config().node().data();
    }

    @Test
    void relativeLogPathsAreBesideTheConfiguration() {
        LoadedConfig loaded = new ConfigReader(Path.of("/etc/gateway"), name -> null)
                .read(Documents.json("{'log':{'access':{'path':'../access.log'}}}"));

        assertThat(((LoadedConfig.Valid) loaded).config().log().accessPath()).isEqualTo("/etc/access.log");
    }

    private static Cidr cidr(String text) {
        return text.indexOf('/') < 0
                ? Cidr.of(Addresses.parse(text).orElseThrow())
                : Cidr.parse(text).orElseThrow();
    }
}
