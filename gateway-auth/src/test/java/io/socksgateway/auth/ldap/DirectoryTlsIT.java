package io.socksgateway.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.LdapConfig;
import io.socksgateway.testkit.TestCa;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with a directory, and directories that say nothing. */
class DirectoryTlsIT {

    /** Sooner than anything that is not told how long to wait. */
    private static final Duration LONG = Duration.ofSeconds(9);

    private static final List<X509Certificate> OURS =
            TestDirectory.CA.listenerForOurs().clientCas();
    private static final List<X509Certificate> OTHERS =
            TestCa.create().listenerForOurs().clientCas();

    @ParameterizedTest
    @EnumSource(names = {"TLS", "START_TLS"})
    void trustsAServerWithACertificateForItsName(TestDirectory.Security security) throws Exception {
        try (TestDirectory server = TestDirectory.start(security, "127.0.0.1");
                Directory directory = new Directory(config(server, security, OURS))) {
            assertThat(DirectoryIT.login(directory, "alice", TestDirectory.PASSWORD))
                    .isEqualTo(new DirectoryAnswer.Right("alice", Set.of()));
            assertThat(DirectoryIT.login(directory, "alice", "wrong")).isInstanceOf(DirectoryAnswer.Wrong.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "START_TLS"})
    void trustsNoOtherAuthority(TestDirectory.Security security) throws Exception {
        try (TestDirectory server = TestDirectory.start(security, "127.0.0.1");
                Directory trusting = new Directory(config(server, security, OTHERS));
                Directory likeJava = new Directory(config(server, security, List.of()))) {
            assertRefused(trusting, server);
            assertRefused(likeJava, server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "START_TLS"})
    void trustsNoCertificateForAnotherName(TestDirectory.Security security) throws Exception {
        try (TestDirectory server = TestDirectory.start(security, "127.0.0.2");
                Directory directory = new Directory(config(server, security, OURS))) {
            assertRefused(directory, server);
        }
    }

    private static void assertRefused(Directory directory, TestDirectory server) {
        assertThatThrownBy(() -> DirectoryIT.login(directory, "alice", TestDirectory.PASSWORD))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("no connection");
        assertThat(server.binds()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void waitsForASilentServerForTheTimeoutOnly(TestDirectory.Security security) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            LdapConfig.Server server =
                    new LdapConfig.Server(security == TestDirectory.Security.TLS, "127.0.0.1", silent.getLocalPort());
            LdapConfig config = new LdapConfig(
                    "silent",
                    List.of(server),
                    security == TestDirectory.Security.START_TLS,
                    OURS,
                    "uid={user}",
                    null,
                    null,
                    2,
                    300,
                    AuthCacheConfig.NONE);
            try (Directory directory = new Directory(config)) {
                long before = System.nanoTime();
                assertThatThrownBy(() -> DirectoryIT.login(directory, "alice", TestDirectory.PASSWORD))
                        .isInstanceOf(DirectoryException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG);
            }
        }
    }

    @Test
    void sendsNothingWithoutTlsIfStartTlsIsRefused() throws Exception {
        try (TestDirectory server = TestDirectory.start(TestDirectory.Security.PLAIN, "127.0.0.1");
                Directory directory = new Directory(config(server, TestDirectory.Security.START_TLS, OURS))) {
            assertThatThrownBy(() -> DirectoryIT.login(directory, "alice", TestDirectory.PASSWORD))
                    .isInstanceOf(DirectoryException.class);
            assertThat(server.binds()).isEmpty();
        }
    }

    private static LdapConfig config(
            TestDirectory server, TestDirectory.Security security, List<X509Certificate> trust) {
        boolean startTls = security == TestDirectory.Security.START_TLS;
        return new LdapConfig(
                "directory",
                List.of(startTls ? server.plain() : server.tls()),
                startTls,
                trust,
                "uid={user},ou=people,dc=example,dc=com",
                null,
                null,
                2,
                20_000,
                AuthCacheConfig.NONE);
    }
}
