package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the schema and the reader together: the same keys, the same defaults, the same verdict. */
class SchemaTest {

    private static final JsonObject SCHEMA = new JsonObject(ConfigSchema.text());
    private static final Validator VALIDATOR = validator(SCHEMA);

    static Validator validator(JsonObject schema) {
        return Validator.create(
                JsonSchema.of(schema),
                new JsonSchemaOptions()
                        .setDraft(Draft.DRAFT202012)
                        .setBaseUri("app://gateway")
                        .setOutputFormat(OutputFormat.Basic));
    }

    /** A document with every kind of object in it, so that the reader asks for every key. */
    static JsonObject complete() {
        return Documents.json("""
                { 'listeners': [{'tls':{'certificate':'target/pem/edge.crt','key':'target/pem/edge.key'}}],
                  'rules': [{'action':'allow'}],
                  'quotas': [{'key':'user','traffic':{'limit':'1B','per':'day'},'bandwidth':{'up':'1MB/s'}}],
                  'cluster': {'store':{'url':'jdbc:h2:mem:a','user':'a','password':{'env':'SECRET'}}},
                  'udp': {'reassembly':{}},
                  'admin': {'token':{'env':'SECRET'},'tls':{'certificate':'target/pem/edge.crt','key':'target/pem/edge.key'}},
                  'auth': { 'authenticators': [{'type':'file','path':'pom.xml'},{'type':'identd'},
                              {'type':'verticle','class':'x','method':{'code':'0x80','name':'m'}},
                              {'type':'sql','url':'jdbc:h2:mem:a','user':'u','password':{'env':'SECRET'},'groupsQuery':'?'},
                              {'type':'ldap','url':'ldaps://a','search':{'base':'b','bindDn':'d','bindPassword':{'env':'SECRET'}},
                               'groups':{'base':'g'}},
                              {'type':'http','url':'https://a'},
                              {'type':'gssapi','keytab':'pom.xml','principal':'rcmd/h@R','users':[{'principal':'a@R'}]}],
                            'users': [{'name':'a','password':{'env':'SECRET'}}] } }
                """);
    }

    @Test
    void schemaAndReaderKnowTheSameKeysAndDefaults() {
        Findings findings = new Findings();
        assertThat(new ConfigReader(Path.of(""), Documents.ENVIRONMENT::get).read(complete(), findings))
                .isNotNull();
        Map<String, Map<String, Optional<Object>>> ofReader = new TreeMap<>();
        findings.keys().byKind().forEach((kind, keys) -> ofReader.put(kind, new TreeMap<>(keys)));

        Map<String, Map<String, Optional<Object>>> ofSchema = new TreeMap<>();
        walk("", SCHEMA, ofSchema);

        assertThat(ofSchema).isEqualTo(ofReader);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'node':{'name':'é'}}",
                "{'node':{'maxSessions':1}}",
                "{'node':{'maxSessions':1000000}}",
                "{'listeners':[{}]}",
                "{'listeners':[{'port':0},{'port':65535,'host':'::1','protocols':'socks5','auth':['none']}]}",
                "{'listeners':[{'proxyProtocol':true,'tls':{'certificate':'target/pem/edge.crt','key':'target/pem/edge.key'}}]}",
                "{'listeners':[{'tls':{'certificate':'target/pem/rsa.crt','key':'target/pem/rsa.key','clientCa':'target/pem/edge.crt'}}]}",
                "{'listeners':[{'port':1080.0,'host':'gw-1.example.com'}]}",
                "{'auth':{'users':[{'name':'a','password':'p','groups':'g'}]},'listeners':[{'auth':'userpass'}]}",
                "{'auth':{'users':[{'name':'a','password':{'env':'SECRET'}}]}}",
                "{'auth':{'authenticators':[{'type':'file','path':'pom.xml','name':'f'}],'users':[]}}",
                "{'auth':{'authenticators':[{'type':'identd','port':1113}]},'listeners':[{'auth':['identd','none']}]}",
                "{'auth':{'backoff':{}}}",
                "{'auth':{'backoff':{'failures':0},'recheck':'0s'}}",
                "{'auth':{'backoff':{'failures':100,'within':'1h','ban':'24h','maxBan':'24h'}}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'a.B','config':{'a':[{}]},'timeout':'1ms'}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'js:b','onFailure':'cached','cache':{'ttl':'1h'}}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'B','threading':'worker','instances':256}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'B','method':{'code':'0X03','name':'m'}}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'B','method':{'code':'0xfE','name':'m',"
                        + "'maxOctets':1,'maxRounds':1000}}]},'listeners':[{'auth':['m','none']}]}",
                "{'auth':{'authenticators':[{'type':'sql','url':'postgres://db/a'}]}}",
                "{'auth':{'authenticators':[{'type':'sql','url':'jdbc:oracle:thin:@//db:1521/a','cache':{'ttl':'0s'}}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldap://[::1]:1389','bindDn':'cn={user}'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':['LDAP://a/','ldap://b:1'],'startTls':true,'search':{'base':'b'},'groups':{'memberOf':'memberOf'}}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'HTTP://localhost:8080/a?b=c','headers':{'X-Key':{'env':'SECRET'}}}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'http://a','insecure':true}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':['a/b@R','c@Q'],'protection':['none'],'nec':true,'realms':[],'users':[{'principal':'d@P','name':'e','groups':'f'}],'groups':['g'],'maxAge':'10h'}]},'listeners':[{'auth':'gssapi'}]}",
                "{'rules':[{'action':'allow','to':['*.a.example','@internal','::/0','10.0.0.1'],'ports':[0,'1-2']}]}",
                "{'rules':[{'action':'deny','users':[],'from':'10.0.0.0/8','commands':['connect','bind','udp']}]}",
                "{'quotas':[{'key':'listener','sessions':2147483647,'scope':'node'}]}",
                "{'quotas':[{'key':'user','sessions':1,'onClaim':true}]}",
                "{'quotas':[{'key':'user','sessionsPerSecond':0}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'0B','per':'hour','direction':'up','zone':'+05:30'}}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'999999999GiB','per':'week','zone':'America/New_York'}}]}",
                "{'quotas':[{'key':'user','bandwidth':{'up':'8kbit/s','down':'125GB/s'}}]}",
                "{'quotas':[{'key':'user','bandwidth':{'down':'1KiB/s'}}]}",
                "{'timeouts':{'handshake':'1ms','idle':'24h','drain':'0s'}}",
                "{'udp':{}}",
                "{'udp':{'advertise':'203.0.113.7','ports':40000,'idleTimeout':'1ms','reassembly':false,'anySender':true}}",
                "{'udp':{'advertise':'2001:db8::7','ports':'1-65535','reassembly':{'timeout':'5s'}}}",
                "{'dns':{}}",
                "{'dns':{'servers':[],'family':'ipv6','cache':{}}}",
                "{'dns':{'servers':'10.0.0.53','cache':{'maxEntries':1000000}}}",
                "{'dns':{'servers':['10.0.0.53:1','[::1]','[::1]:65535']}}",
                "{'egress':{}}",
                "{'egress':{'bind':[]}}",
                "{'egress':{'bind':'192.0.2.10'}}",
                "{'egress':{'pool':['192.0.2.10','192.0.2.11','2001:db8::10']}}",
                "{'egress':{'bind':['2001:db8::1','192.0.2.10']}}",
                "{'cluster':{}}",
                "{'cluster':{'onPartition':'local','store':{'url':'postgresql://db/a','user':'u','password':'p'}}}",
                "{'cluster':{'onPartition':'allow','store':{'url':'jdbc:h2:tcp://db/a'}}}",
                "{'node':{'data':'/var/lib/gateway'}}",
                "{'cluster':{'members':['a','b:1','[::1]:2','10.0.0.1:5701'],'discovery':'tcp','onPartition':'deny'}}",
                "{'cluster':{'discovery':'kubernetes','kubernetes':{'dns':'a-1.b.svc'},'nodes':3,'minimumMembers':3}}",
                "{'cluster':{'discovery':'kubernetes','kubernetes':{'service':'a','namespace':'b-c'}}}",
                "{'cluster':{'discovery':'kubernetes','kubernetes':{'labels':'a.b/c=d,e=f'}}}",
                "{'cluster':{'discovery':'multicast','onPartition':'local','nodes':10000}}",
                "{'cluster':{'discovery':'multicast','multicast':{'group':'224.2.2.3','port':1}}}",
                "{'cluster':{'discovery':'hazelcast','hazelcast':'pom.xml'}}",
                "{'cluster':{'hazelcast':'pom.xml','nodes':1,'busPort':5702}}",
                "{'log':{'access':{'path':'-'},'level':'warn'}}",
                "{'admin':{}}",
                "{'admin':{'host':'localhost','port':0,'token':'t','metrics':{'topUsers':1000}}}",
                "{'admin':{'host':'0.0.0.0','token':{'env':'SECRET'},'metrics':{}}}",
            })
    void bothAcceptWhatIsRight(String document) {
        assertThat(schemaAccepts(document)).as("schema").isTrue();
        assertThat(Documents.valid(document)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'auth':{'authenticators':[{'type':'identd','path':'x'}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml'}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'a'}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'a@R@R'}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'/a@R'}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'a b@R'}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'a@R','realms':'a@R'}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'a@R','protection':[]}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'a@R','users':[{}]}]}}",
                "{'auth':{'authenticators':[{'type':'identd','port':0}]}}",
                "{'auth':{'authenticators':[{'type':'sql'}]}}",
                "{'auth':{'authenticators':[{'type':'sql','url':'db/a'}]}}",
                "{'auth':{'authenticators':[{'type':'sql','url':'jdbc:h2:mem:a','query':'SELECT password FROM users'}]}}",
                "{'auth':{'authenticators':[{'type':'sql','url':'jdbc:h2:mem:a','password':'p'}]}}",
                "{'auth':{'authenticators':[{'type':'sql','url':'jdbc:h2:mem:a','pool':{'size':0}}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':[],'bindDn':'cn={user}'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a/dc=b','bindDn':'cn={user}'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a','bindDn':'cn=user'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a','bindDn':'cn={user}','search':{'base':'b'}}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a','search':{'base':'b','bindDn':'d'}}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a','search':{'base':'b'},'groups':{}}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a','search':{'base':'b'},'groups':{'memberOf':'m','filter':'{dn}'}}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'ftp://a'}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'https://u:p@a'}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'https://a','headers':{'a b':'c'}}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'https://a','headers':{'a':5}}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'https://a','headers':[]}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'https://a','cache':{'ttl':30}}]}}",
                "{'dns':{'server':[]}}",
                "{'dns':{'servers':'ns.example.com'}}",
                "{'dns':{'servers':'fd00::53'}}",
                "{'dns':{'servers':['10.0.0.53:']}}",
                "{'dns':{'servers':[53]}}",
                "{'dns':{'family':'inet'}}",
                "{'dns':{'family':'preferIPv4'}}",
                "{'dns':{'cache':{'maxEntries':-1}}}",
                "{'dns':{'cache':{'ttl':'5s'}}}",
                "{'dns':{'cache':10000}}",
                "{'egress':{'bind':'eth0'}}",
                "{'egress':{'pool':[{}]}}",
                "{'egress':{'bind':['10.0.0.1',1]}}",
                "{'egress':{'bind':'10.0.0.1/8'}}",
                "{'egress':{'bind':['10.0.0.1','::2','10.0.0.2']}}",
                "{'$schema':'x'}",
                "{'node':null}",
                "{'node':{'maxSessions':0}}",
                "{'node':{'maxSessions':1000001}}",
                "{'node':{'maxSessions':'50000'}}",
                "{'node':{'name':''}}",
                "{'node':{'name':' '}}",
                "{'node':{'name':'a\\u0007'}}",
                "{'node':{'name':'a\\n'}}",
                "{'listeners':[]}",
                "{'listeners':{}}",
                "{'listeners':[[]]}",
                "{'listeners':[{'port':'1080'}]}",
                "{'listeners':[{'port':65536}]}",
                "{'listeners':[{'port':1080.5}]}",
                "{'listeners':[{'host':'*'}]}",
                "{'listeners':[{'host':''}]}",
                "{'listeners':[{'tls':{}}]}",
                "{'listeners':[{'tls':true}]}",
                "{'listeners':[{'tls':{'certificate':'target/pem/edge.crt','key':{'file':'target/pem/edge.key'}}}]}",
                "{'listeners':[{'proxyProtocol':'v1'}]}",
                "{'listeners':[{'proxyProtocol':1}]}",
                "{'listeners':[{'auth':[]}]}",
                "{'listeners':[{'auth':''}]}",
                "{'listeners':[{'protocols':[]}]}",
                "{'listeners':[{'protocols':['socks5',5]}]}",
                "{'auth':{'users':[{'name':'a'}]}}",
                "{'auth':{'users':[{'name':'a','password':''}]}}",
                "{'auth':{'users':[{'name':'a','password':5}]}}",
                "{'auth':{'users':[{'name':'a','password':{}}]}}",
                "{'auth':{'users':[{'name':'a','password':{'env':'SECRET','file':'x'}}]}}",
                "{'auth':{'users':[{'name':'a','password':{'env':'SECRET','x':1}}]}}",
                "{'auth':{'authenticators':[{'type':'verticle'}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':''}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'x','path':'y'}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'x','config':{'gateway':{}}}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'x','instances':257}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'x','method':{'code':'0x02','name':'m'}}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'x','method':{'code':'0xFF','name':'m'}}]}}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'x','method':{'code':'0x080','name':'m'}}]}}",
                "{'auth':{'authenticators':[{'type':'file'}]}}",
                "{'auth':{'backoff':{'failures':-1}}}",
                "{'auth':{'backoff':{'within':'0s'}}}",
                "{'auth':{'recheck':'soon'}}",
                "{'rules':[{}]}",
                "{'rules':[{'action':'ALLOW'}]}",
                "{'rules':[{'action':'deny','from':'example.com'}]}",
                "{'rules':[{'action':'deny','to':'a b'}]}",
                "{'rules':[{'action':'deny','to':[null]}]}",
                "{'rules':[{'action':'deny','ports':'80-'}]}",
                "{'rules':[{'action':'deny','ports':-1}]}",
                "{'rules':[{'action':'deny','commands':'associate'}]}",
                "{'quotas':[{'key':'user'}]}",
                "{'quotas':[{'key':'ip','sessions':1}]}",
                "{'quotas':[{'key':'user','sessions':1,'onClaim':1}]}",
                "{'quotas':[{'key':'user','sessions':-1}]}",
                "{'quotas':[{'key':'user','sessions':1,'bandwidth':{}}]}",
                "{'quotas':[{'key':'user','bandwidth':{'up':20}}]}",
                "{'quotas':[{'key':'user','bandwidth':{'up':'20Mbps'}}]}",
                "{'quotas':[{'key':'user','bandwidth':{'up':'20KB/s'}}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'1GB'}}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'1.5GB','per':'day'}}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'1gb','per':'day'}}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'1GB','per':'DAY'}}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'1GB','per':'day','zone':''}}]}",
                "{'timeouts':{'idle':'0s'}}",
                "{'timeouts':{'idle':10}}",
                "{'timeouts':{'idle':'10'}}",
                "{'udp':{'advertise':'gw.example.com'}}",
                "{'udp':{'advertise':null}}",
                "{'udp':{'ports':0}}",
                "{'udp':{'ports':'0-9'}}",
                "{'udp':{'ports':['1-2']}}",
                "{'udp':{'idleTimeout':'0s'}}",
                "{'udp':{'reassembly':true}}",
                "{'udp':{'reassembly':'5s'}}",
                "{'udp':{'reassembly':{'timeout':5}}}",
                "{'udp':{'reassembly':{'time':'5s'}}}",
                "{'udp':{'anySender':'yes'}}",
                "{'cluster':null}",
                "{'cluster':{'host':'node-1'}}",
                "{'cluster':{'members':['::1']}}",
                "{'cluster':{'minimumMembers':0}}",
                "{'cluster':{'discovery':'dns'}}",
                "{'cluster':{'kubernetes':{'dns':'a'}}}",
                "{'cluster':{'kubernetes':{'service':'A'}}}",
                "{'cluster':{'kubernetes':{'labels':'a'}}}",
                "{'cluster':{'kubernetes':{'port':5701}}}",
                "{'cluster':{'multicast':{'group':'10.0.0.1'}}}",
                "{'cluster':{'multicast':{'port':0}}}",
                "{'cluster':{'hazelcast':''}}",
                "{'cluster':{'nodes':0}}",
                "{'cluster':{'busPort':'5702'}}",
                "{'cluster':{'onPartition':'open'}}",
                "{'cluster':{'store':'jdbc:h2:mem:a'}}",
                "{'cluster':{'store':{'url':'h2:mem:a'}}}",
                "{'cluster':{'store':{'url':'jdbc:mysql://db/a'}}}",
                "{'node':{'data':5}}",
                "{'log':{'level':'trace'}}",
                "{'admin':null}",
                "{'admin':{'host':'*','token':'t'}}",
                "{'admin':{'token':''}}",
                "{'admin':{'metrics':{'topUsers':-1}}}",
                "{'log':{'access':'-'}}",
            })
    void bothRefuseWhatIsWrong(String document) {
        assertThat(schemaAccepts(document)).as("schema").isFalse();
        assertThat(Documents.errors(document)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Two entries, or two sections, that do not fit together.
                "{'listeners':[{'name':'a'},{'name':'a','port':1}]}",
                "{'listeners':[{},{}]}",
                "{'listeners':[{'auth':'userpass'}]}",
                "{'listeners':[{'auth':'gssapi'}]}",
                "{'auth':{'authenticators':[{'type':'verticle','class':'x','cache':{}}]}}",
                "{'auth':{'authenticators':[{'type':'gssapi','keytab':'nope','principal':'rcmd/h@R'}]}}",
                "{'auth':{'users':[{'name':'a','password':'p'},{'name':'a','password':'p'}]}}",
                "{'rules':[{'id':'r','action':'allow'},{'id':'r','action':'allow'}]}",
                "{'auth':{'authenticators':[{'type':'identd'},{'type':'identd'}]}}",
                "{'auth':{'backoff':{'ban':'1h'}}}",
                // The world outside of the document.
                "{'auth':{'users':[{'name':'a','password':{'env':'NOPE'}}]}}",
                "{'auth':{'authenticators':[{'type':'file','path':'nope'}]}}",
                "{'listeners':[{'tls':{'certificate':'target/pem/edge.crt','key':'target/pem/other.key'}}]}",
                // What an URL must not hold or lead to.
                "{'auth':{'authenticators':[{'type':'sql','url':'postgresql://u:p@db/a'}]}}",
                "{'auth':{'authenticators':[{'type':'sql','url':'jdbc:h2:mem:a;PASSWORD=p'}]}}",
                "{'auth':{'authenticators':[{'type':'sql','url':'jdbc:h2:mem:a','query':'SELECT 1 -- ?'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldap://a','bindDn':'cn={user}'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':['ldap://localhost','ldaps://a'],'bindDn':'cn={user}'}]}}",
                "{'auth':{'authenticators':[{'type':'ldap','url':'ldaps://a','startTls':true,'bindDn':'cn={user}'}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'http://a'}]}}",
                "{'auth':{'authenticators':[{'type':'http','url':'https://a','headers':{'Host':'b'}}]}}",
                // Arithmetic.
                "{'timeouts':{'idle':'25h'}}",
                "{'rules':[{'action':'deny','from':'10.0.0.1/8'}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'999999999TB','per':'day'}}]}",
                "{'quotas':[{'key':'user','traffic':{'limit':'1GB','per':'day','zone':'Mars/Base'}}]}",
                "{'quotas':[{'key':'user','bandwidth':{'up':'1bit/s'}}]}",
                "{'rules':[{'action':'deny','ports':'9-8'}]}",
                "{'cluster':{'host':'0.0.0.0'}}",
                "{'admin':{'host':'0.0.0.0'}}",
                "{'cluster':{'discovery':'kubernetes'}}",
                "{'cluster':{'discovery':'hazelcast'}}",
                "{'cluster':{'multicast':{}}}",
                "{'cluster':{'nodes':1,'minimumMembers':2}}",
                "{'cluster':{'discovery':'multicast','onPartition':'local'}}",
                "{'cluster':{'hazelcast':'nope.xml'}}",
                "{'cluster':{'port':5702,'busPort':5702}}",
                "{'admin':{'port':1080}}",
                "{'udp':{'advertise':'0.0.0.0'}}",
                "{'udp':{'ports':'9-8'}}",
                "{'udp':{'reassembly':{'timeout':'4s'}}}",
                "{'dns':{'servers':'10.0.0.53:0'}}",
                "{'dns':{'servers':'10.0.0.530'}}",
                "{'dns':{'servers':'0.0.0.0'}}",
                "{'egress':{'bind':'::'}}",
                "{'egress':{'bind':['10.0.0.1','10.0.0.2']}}",
            })
    void someThingsOnlyTheReaderKnows(String document) {
        assertThat(schemaAccepts(document)).as("schema").isTrue();
        assertThat(Documents.errors(document)).isNotEmpty();
    }

    private static boolean schemaAccepts(String document) {
        return VALIDATOR.validate(Documents.json(document)).getValid();
    }

    /** Collects the properties of every kind of object, with their defaults. */
    private static void walk(String path, JsonObject node, Map<String, Map<String, Optional<Object>>> kinds) {
        JsonObject schema = resolve(node);
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String key : properties.fieldNames()) {
            JsonObject property = properties.getJsonObject(key);
            kinds.computeIfAbsent(path, kind -> new TreeMap<>())
                    .put(key, Optional.ofNullable(property.getValue("default")));
            walk(path.isEmpty() ? key : path + "." + key, property, kinds);
        }
        if (schema.containsKey("items")) {
            walk(path + "[]", schema.getJsonObject("items"), kinds);
        }
        for (Object choice : schema.getJsonArray("anyOf", new JsonArray())) {
            walk(path, (JsonObject) choice, kinds);
        }
    }

    private static JsonObject resolve(JsonObject node) {
        String reference = node.getString("$ref");
        return reference == null
                ? node
                : SCHEMA.getJsonObject("$defs").getJsonObject(reference.substring("#/$defs/".length()));
    }
}
