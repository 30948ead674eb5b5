package io.socksgateway.auth.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFReader;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.LdapConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.testkit.TestCa;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A directory in this JVM with a few users and groups, which says what it is asked and fails as it is told. */
public final class TestDirectory implements AutoCloseable {

    public static final String PASSWORD = "correct horse";
    public static final String SERVICE_PASSWORD = "s3rvice";
    public static final TestCa CA = TestCa.create();

    private static final String LDIF = """
            dn: dc=example,dc=com
            objectClass: domain
            dc: example

            dn: ou=people,dc=example,dc=com
            objectClass: organizationalUnit
            ou: people

            dn: ou=groups,dc=example,dc=com
            objectClass: organizationalUnit
            ou: groups

            dn: uid=alice,ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: alice
            cn: Alice
            sn: A
            mail: alice@example.com
            memberOf: cn=ops,ou=groups,dc=example,dc=com
            memberOf: cn=on\\, call,ou=groups,dc=example,dc=com
            userPassword: correct horse

            dn: uid=bob,ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: bob
            cn: Bob
            sn: B
            mail: twin@example.com
            userPassword: bobs

            dn: uid=carol,ou=people,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: carol
            cn: Carol
            sn: C
            mail: twin@example.com

            dn: cn=staff,ou=groups,dc=example,dc=com
            objectClass: groupOfNames
            cn: staff
            member: uid=alice,ou=people,dc=example,dc=com
            member: uid=bob,ou=people,dc=example,dc=com

            dn: cn=poets,ou=groups,dc=example,dc=com
            objectClass: posixGroup
            cn: poets
            gidNumber: 1
            memberUid: alice
            """;

    private final InMemoryDirectoryServer server;
    private final String host;
    private final Queue<String> binds;
    private final AtomicReference<LDAPException> bindResult;
    private final AtomicReference<LDAPException> searchResult;

    private TestDirectory(
            InMemoryDirectoryServer server,
            String host,
            Queue<String> binds,
            AtomicReference<LDAPException> bindResult,
            AtomicReference<LDAPException> searchResult) {
        this.server = server;
        this.host = host;
        this.binds = binds;
        this.bindResult = bindResult;
        this.searchResult = searchResult;
    }

    /** How clients reach it. */
    public enum Security {
        PLAIN,
        START_TLS,
        TLS
    }

    public static TestDirectory start() throws Exception {
        return start(Security.PLAIN, "127.0.0.1");
    }

    /**
     * @param host address that it listens on; its certificate is for 127.0.0.1 only
     */
    static TestDirectory start(Security security, String host) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
        config.setSchema(null);
        config.addAdditionalBindCredentials("cn=gateway", SERVICE_PASSWORD);
        InetAddress address = InetAddress.getByName(host);
        var keys = CA.client(CA.issue());
        config.setListenerConfigs(
                switch (security) {
                    case PLAIN -> InMemoryListenerConfig.createLDAPConfig("plain", address, 0, null);
                    case START_TLS ->
                        InMemoryListenerConfig.createLDAPConfig("start", address, 0, keys.getSocketFactory());
                    case TLS ->
                        InMemoryListenerConfig.createLDAPSConfig(
                                "tls", address, 0, keys.getServerSocketFactory(), null);
                });
        Queue<String> binds = new ConcurrentLinkedQueue<>();
        AtomicReference<LDAPException> bindResult = new AtomicReference<>();
        AtomicReference<LDAPException> searchResult = new AtomicReference<>();
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
                String dn = request.getRequest().getBindDN();
                if (!dn.equals("cn=gateway")) {
                    binds.add(dn);
                    fail(bindResult);
                }
            }

            @Override
            public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
                fail(searchResult);
            }

            private void fail(AtomicReference<LDAPException> result) throws LDAPException {
                if (result.get() != null) {
                    throw result.get();
                }
            }
        });
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.importFromLDIF(true, new LDIFReader(new ByteArrayInputStream(LDIF.getBytes(StandardCharsets.UTF_8))));
        server.startListening();
        return new TestDirectory(server, host, binds, bindResult, searchResult);
    }

    public int port() {
        return server.getListenPort();
    }

    LdapConfig.Server plain() {
        return new LdapConfig.Server(false, host, port());
    }

    LdapConfig.Server tls() {
        return new LdapConfig.Server(true, host, port());
    }

    static LdapConfig.Search search(String filter) {
        return search(filter, null);
    }

    private static LdapConfig.Search search(String filter, @Nullable String nameAttribute) {
        return new LdapConfig.Search(
                "ou=people,dc=example,dc=com", filter, nameAttribute, "cn=gateway", new Secret(SERVICE_PASSWORD));
    }

    static LdapConfig.Groups groups() {
        return new LdapConfig.Groups(
                "ou=groups,dc=example,dc=com", "(|(member={dn})(uniqueMember={dn})(memberUid={user}))", "cn");
    }

    /** Finds users by uid, and their groups. */
    public LdapConfig searching() {
        return config(search("(uid={user})"), groups());
    }

    /** The same, also by their addresses. */
    public LdapConfig searchingNamesAndAddresses() {
        return config(search("(|(uid={user})(mail={user}))", "uid"), groups());
    }

    LdapConfig config(LdapConfig.Search search, LdapConfig.@Nullable Groups groups) {
        return config(List.of(plain()), false, null, search, groups);
    }

    /** Binds as who logs in. */
    LdapConfig direct(LdapConfig.@Nullable Groups groups) {
        return config(List.of(plain()), false, "uid={user},ou=people,dc=example,dc=com", null, groups);
    }

    static LdapConfig config(
            List<LdapConfig.Server> servers,
            boolean startTls,
            @Nullable String bindDn,
            LdapConfig.@Nullable Search search,
            LdapConfig.@Nullable Groups groups) {
        return new LdapConfig(
                "directory",
                servers,
                startTls,
                CA.listenerForOurs().clientCas(),
                bindDn,
                search,
                groups,
                4,
                20_000,
                AuthCacheConfig.NONE);
    }

    /** Adds a user with the password of alice. */
    void addUser(String dn, String uid) throws LDAPException {
        server.add(new Entry(
                dn,
                new Attribute("objectClass", "inetOrgPerson"),
                new Attribute("uid", uid),
                new Attribute("userPassword", PASSWORD)));
    }

    public void set(String uid, String attribute, String value) throws LDAPException {
        server.modify(dn(uid), new Modification(ModificationType.REPLACE, attribute, value));
    }

    /** Takes a user out of group staff. */
    public void leaveStaff(String uid) throws LDAPException {
        server.modify(
                "cn=staff,ou=groups,dc=example,dc=com", new Modification(ModificationType.DELETE, "member", dn(uid)));
    }

    public void remove(String uid) throws LDAPException {
        server.delete(dn(uid));
    }

    static String dn(String uid) {
        return "uid=" + uid + ",ou=people,dc=example,dc=com";
    }

    /** Answers every bind of a user with it; null for the truth. */
    void answerBinds(@Nullable LDAPException result) {
        bindResult.set(result);
    }

    void answerSearches(@Nullable LDAPException result) {
        searchResult.set(result);
    }

    /** DNs that were bound as, but for the service's. */
    public Queue<String> binds() {
        return binds;
    }

    /** Goes away, with all connections, and comes back at the same port. */
    void restart() throws Exception {
        server.restartServer();
    }

    public void stop() {
        server.shutDown(true);
    }

    @Override
    public void close() {
        stop();
    }
}
