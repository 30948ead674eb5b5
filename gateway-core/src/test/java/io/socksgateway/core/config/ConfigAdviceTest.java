package io.socksgateway.core.config;

import static io.socksgateway.core.config.Documents.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigAdviceTest {

    private static final String USER = "'auth':{'users':[{'name':'alice','password':'$2y$x','groups':'staff'}]}";

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "gateway.example"})
    void anOpenProxyIsWarnedAbout(String host) {
        String listener = "'listeners':[{'host':'" + host + "'}]";
        String withBoth = "'listeners':[{'host':'" + host + "','auth':['userpass','none']}]";

        assertThat(warnings("{" + listener + "}")).singleElement().asString().startsWith("listeners[0]: an open proxy");
        assertThat(warnings("{" + USER + "," + withBoth + "}"))
                .singleElement()
                .asString()
                .contains("open proxy");
        assertThat(warnings("{" + USER + "," + listener + "}")).isEmpty();
        assertThat(warnings("{'rules':[{'action':'allow','from':'10.0.0.0/8'}]," + listener + "}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost", "LocalHost."})
    void aListenerForThisMachineAloneMayBeOpen(String host) {
        assertThat(warnings("{'listeners':[{'host':'" + host + "'}]}")).isEmpty();
    }

    @Test
    void aListenerThatNobodyCanUseIsWarnedAbout() {
        assertThat(warnings("{" + USER + ",'listeners':[{'protocols':['socks4','socks4a']}]}"))
                .singleElement()
                .asString()
                .startsWith("listeners[0]: nobody gets in");
    }

    @Test
    void aPluginThatNobodyWaitsForOrReachesIsWarnedAbout() {
        String plugin = "'type':'verticle','class':'X','timeout':'3s'";
        String method = ",'method':{'code':'0x80','name':'hmac'}";

        assertThat(warnings("{'auth':{'authenticators':[{" + plugin + "}]}}")).isEmpty();
        assertThat(warnings("{'auth':{'authenticators':[{" + plugin + "}]},'timeouts':{'auth':'2s'}}"))
                .containsExactly(
                        "auth.authenticators[0].timeout: 3000 ms are never waited for: timeouts.auth is 2000 ms"
                                + " (make timeouts.auth longer)");
        assertThat(warnings("{'auth':{'authenticators':[{'type':'http','url':'https://a','timeout':'6s'}]}}"))
                .containsExactly(
                        "auth.authenticators[0].timeout: 6000 ms are never waited for: timeouts.auth is 5000 ms"
                                + " (make timeouts.auth longer)");
        assertThat(warnings("{'auth':{'authenticators':[{" + plugin + method + "}]},'listeners':[{'auth':'none'}]}"))
                .containsExactly("auth.authenticators[0].method: no listener offers it"
                        + " (add \"hmac\" to the auth of a listener)");
    }

    @Test
    void identdIsEnoughForSocks4() {
        assertThat(warnings("{'listeners':[{'protocols':['socks4'],'auth':['identd']}]}"))
                .isEmpty();
        assertThat(warnings("{" + USER + ",'listeners':[{'protocols':['socks4'],'auth':['userpass','identd']}]}"))
                .isEmpty();
    }

    @Test
    void anIdentdThatIsNeverAskedIsWarnedAbout() {
        assertThat(warnings("{'listeners':[{'auth':['none','identd']}]}"))
                .singleElement()
                .asString()
                .startsWith("listeners[0]: no identd is ever asked: \"none\" before it");
        assertThat(warnings("{'listeners':[{'auth':['identd','none']}]}")).isEmpty();
        assertThat(warnings("{'listeners':[{'protocols':'socks5','auth':['none','identd']}]}"))
                .singleElement()
                .asString()
                .startsWith("listeners[0]: no identd is ever asked: only SOCKS4");
    }

    @Test
    void usersWhomNoListenerAsksAreWarnedAbout() {
        assertThat(warnings("{" + USER + ",'listeners':[{'auth':'none'}]}"))
                .containsExactly("auth: no listener asks for a password (add \"userpass\" to the auth of a listener)");
    }

    @Test
    void rulesForUnknownPeopleAreWarnedAboutIfAllPeopleAreKnown() {
        String rules = "'rules':[{'action':'allow','users':['alice','alcie'],'groups':['staff','guests']}]";

        assertThat(warnings("{" + USER + "," + rules + "}"))
                .containsExactly(
                        "rules[0].users: there is no user \"alcie\" (did you mean \"alice\"?)",
                        "rules[0].groups: there is no group \"guests\" (none in auth.users has it)");
        assertThat(warnings("{'auth':{'authenticators':[{'type':'file','path':'pom.xml'}]}," + rules + "}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'deny'},{'action':'allow','to':'10.0.0.1'}",
                "{'action':'deny','to':['*']},{'action':'allow','to':'@internal'}",
                "{'action':'allow'},{'action':'allow','to':'a.example'}"
            })
    void aRuleBehindOneThatTakesEverythingIsWarnedAbout(String rules) {
        assertThat(warnings("{'rules':[" + rules + "]}"))
                .containsExactly("rules[1]: never matches: rule \"rule-1\" before it takes everything"
                        + " (put the more special rule first)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'deny','ports':'25'},{'action':'allow'}",
                "{'action':'deny','to':'*.example'},{'action':'allow'}",
                "{'action':'deny','from':'10.0.0.0/8'},{'action':'allow'}",
                "{'action':'deny','commands':'udp'},{'action':'allow'}",
                // Internal addresses are left to the second rule.
                "{'action':'allow'},{'action':'allow','to':'@internal'}",
                "{'action':'allow'},{'action':'allow','to':'10.0.0.0/8'}",
                "{'action':'allow'},{'action':'deny'}"
            })
    void aRuleThatCanMatchIsNot(String rules) {
        assertThat(warnings("{'rules':[" + rules + "]}")).isEmpty();
    }

    @Test
    void anAdminEndpointThatIsWeaklyGuardedIsWarnedAbout() {
        assertThat(warnings("{'admin':{}}")).singleElement().asString().startsWith("admin.token: is missing");
        assertThat(warnings("{'admin':{'token':{'env':'SECRET'}}}"))
                .singleElement()
                .asString()
                .startsWith("admin.token: has fewer than 16 characters")
                .doesNotContain("s3cret");
        assertThat(warnings("{'admin':{'token':'0123456789abcdef'}}"))
                .singleElement()
                .asString()
                .startsWith("admin.token: is in plain text")
                .doesNotContain("hash", "0123456789abcdef");
    }

    @Test
    void aTokenThatTravelsInTheOpenIsWarnedAbout() {
        String token = "'token':'{x}0123456789abcdef'";
        assertThat(warnings("{'admin':{'host':'198.51.100.7'," + token + "}}"))
                .singleElement()
                .asString()
                .startsWith("admin.tls: is missing");
        assertThat(warnings("{'admin':{'host':'10.0.0.7'," + token + "}}")).isEmpty();
        assertThat(warnings("{'admin':{'host':'0.0.0.0'," + token + "}}")).isEmpty();
    }

    private static final String KERBEROS =
            "'auth':{'authenticators':[{'type':'gssapi','keytab':'pom.xml','principal':'rcmd/h@R'}]}";

    @Test
    void aKeytabThatNoListenerAsksFor() {
        assertThat(warnings("{" + KERBEROS + "}")).isEmpty();
        assertThat(warnings("{" + KERBEROS + ",'listeners':[{'auth':['gssapi','none']}]}"))
                .isEmpty();
        assertThat(warnings("{" + KERBEROS + ",'listeners':[{'auth':'none'}]}"))
                .singleElement()
                .asString()
                .isEqualTo("auth: no listener asks for a ticket (add \"gssapi\" to the auth of a listener)");
    }

    @Test
    void ticketsAreForSocks5Only() {
        assertThat(warnings("{" + KERBEROS + ",'listeners':[{'protocols':'socks4','auth':'gssapi'}]}"))
                .singleElement()
                .asString()
                .startsWith("listeners[0]: nobody gets in: SOCKS4");
    }

    @Test
    void whoComesWithATicketIsNotWrittenInTheConfiguration() {
        assertThat(warnings("{" + KERBEROS + ",'rules':[{'action':'allow','users':['bob'],'groups':['staff']}]}"))
                .isEmpty();
    }
}
