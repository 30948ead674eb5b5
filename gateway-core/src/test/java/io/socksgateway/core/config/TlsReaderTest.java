package io.socksgateway.core.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.socksgateway.testkit.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tls} of a listener becomes. */
class TlsReaderTest {

    private static final String LISTENER =
            "{'listeners':[{'tls':{'certificate':'%s.crt','key':'%s.key'},'proxyProtocol':true}]}";

    private final Path folder;

    TlsReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private LoadedConfig read(String document) {
        return new ConfigReader(folder, name -> null).read(Documents.json(document));
    }

    private TlsConfig tls(String document) {
        LoadedConfig loaded = read(document);
        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        return requireNonNull(
                ((LoadedConfig.Valid) loaded).config().listeners().get(0).tls());
    }

    @Test
    void filesAreReadRelativeToTheConfigurationAndTheChainIsKeptInOrder() {
        X509Bundle edge = PemFolder.CA.issue();
        TestCa.write(folder, "edge", edge);

        TlsConfig tls = tls(LISTENER.formatted("edge", "edge"));

        assertThat(tls.chain()).isEqualTo(edge.getCertificatePathList());
        assertThat(tls.key()).isEqualTo(edge.getKeyPair().getPrivate());
        assertThat(tls.asksForClientCertificate()).isFalse();
        assertThat(tls).isEqualTo(tls(LISTENER.formatted("edge", "edge")));
    }

    @Test
    void clientCasAreAllThatTheFileHolds() throws Exception {
        TestCa.write(folder, "edge", PemFolder.CA.issue());
        Files.writeString(
                folder.resolve("cas"),
                PemFolder.CA.pem() + "a remark\n" + TestCa.create().pem());

        TlsConfig tls = tls("{'listeners':[{'tls':{'certificate':'edge.crt','key':'edge.key','clientCa':'cas'}}]}");

        assertThat(tls.clientCas()).hasSize(2);
        assertThat(tls.asksForClientCertificate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneFileMayHoldCertificateAndKey(boolean keyFirst) throws Exception {
        X509Bundle edge = PemFolder.CA.issue();
        String certificates = edge.getCertificatePathPEM();
        String key = edge.getPrivateKeyPEM();
        Files.writeString(folder.resolve("both"), keyFirst ? key + certificates : certificates + key);

        TlsConfig tls = tls("{'listeners':[{'tls':{'certificate':'both','key':'both'}}]}");

        assertThat(tls.chain()).isEqualTo(edge.getCertificatePathList());
        assertThat(tls.key()).isEqualTo(edge.getKeyPair().getPrivate());
    }

    @Test
    void keysInTheOldFormOfRsa() throws Exception {
        X509Bundle edge = write(CertificateBuilder::rsa2048);
        ASN1Encodable old = PrivateKeyInfo.getInstance(
                        edge.getKeyPair().getPrivate().getEncoded())
                .parsePrivateKey();
        writeKey("RSA PRIVATE KEY", old);

        assertThat(tls(LISTENER.formatted("edge", "edge")).key())
                .isEqualTo(edge.getKeyPair().getPrivate());
    }

    @Test
    void keysInTheOldFormOfEc() throws Exception {
        X509Bundle edge = write(CertificateBuilder::ecp256);
        PrivateKeyInfo info =
                PrivateKeyInfo.getInstance(edge.getKeyPair().getPrivate().getEncoded());
        ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
        ASN1ObjectIdentifier curve =
                (ASN1ObjectIdentifier) info.getPrivateKeyAlgorithm().getParameters();
        writeKey("EC PRIVATE KEY", new ECPrivateKey(256, bare.getKey(), curve));

        assertThat(tls(LISTENER.formatted("edge", "edge")).chain()).isNotEmpty();
    }

    @Test
    void anExpiredCertificateIsWarnedAbout() {
        assertThat(
                        Documents.warnings(
                                "{'listeners':[{'tls':{'certificate':'target/pem/expired.crt','key':'target/pem/expired.key'}}]}"))
                .singleElement()
                .asString()
                .startsWith("listeners[0].tls.certificate: ")
                .contains("expired.crt\" is valid from 2020-01-02 to 2021-02-03");
    }

    @Test
    void aCertificateThatSoonExpiresIsWarnedAbout() {
        assertThat(Documents.warnings(
                        "{'listeners':[{'tls':{'certificate':'target/pem/soon.crt','key':'target/pem/soon.key'}}]}"))
                .singleElement()
                .asString()
                .contains("soon.crt\" is valid from ")
                .endsWith("(renew it soon: others refuse it then)");
    }

    @Test
    void theFilesCanBeReadAgain() throws Exception {
        X509Bundle first = write(CertificateBuilder::ecp256);
        TlsFiles files = requireNonNull(tls(LISTENER.formatted("edge", "edge")).files());
        List<Optional<FileVersion>> before = files.versions();
        assertThat(before).hasSize(2).doesNotContain(Optional.empty());

        X509Bundle renewed = write(CertificateBuilder::ecp256);
        assertThat(renewed.getCertificate()).isNotEqualTo(first.getCertificate());
        assertThat(files.versions()).isNotEqualTo(before);
        assertThat(files.read()).isInstanceOfSatisfying(TlsFiles.Contents.Right.class, right -> {
            assertThat(right.config().chain()).isEqualTo(renewed.getCertificatePathList());
            assertThat(right.config().files()).isEqualTo(files);
        });

        Files.delete(folder.resolve("edge.key"));
        assertThat(files.versions()).last().isEqualTo(Optional.empty());
        assertThat(files.read())
                .isInstanceOfSatisfying(TlsFiles.Contents.Wrong.class, wrong -> assertThat(wrong.errors())
                        .singleElement()
                        .asString()
                        .startsWith("key: ")
                        .contains("there is no file to read at"));
    }

    @Test
    void aListenerForClientsWithACertificateIsNoOpenProxy() {
        String open = "{'listeners':[{'host':'0.0.0.0','tls':{'certificate':'target/pem/edge.crt',"
                + "'key':'target/pem/edge.key'%s}}]}";

        assertThat(Documents.warnings(open.formatted("")))
                .singleElement()
                .asString()
                .contains("open proxy");
        assertThat(Documents.warnings(open.formatted(",'clientCa':'target/pem/other.crt'")))
                .isEmpty();
    }

    /** The balancer's clients come from anywhere. */
    @Test
    void aListenerBehindABalancerIsOpenAlsoOnLoopback() {
        assertThat(Documents.warnings("{'listeners':[{'proxyProtocol':true}]}"))
                .singleElement()
                .asString()
                .startsWith("listeners[0]: an open proxy")
                .doesNotContain("listen on");
    }

    /** Neither the text of the key nor its numbers. */
    @Test
    void noMessageHoldsAKey() throws Exception {
        X509Bundle edge = write(CertificateBuilder::rsa2048);
        String[] lines = edge.getPrivateKeyPEM().split("\\R");
        String secret = lines[3];
        lines[2] = "!" + lines[2];
        Files.write(folder.resolve("torn.key"), List.of(lines));

        assertThat(tls(LISTENER.formatted("edge", "edge")).toString())
                .isEqualTo("TlsConfig[CN=localhost, clientCas=0]");
        assertThat(read(LISTENER.formatted("edge", "edge")).toString()).doesNotContain("modulus", secret);
        assertThat(read(LISTENER.formatted("edge", "torn")).toString())
                .contains("holds no key")
                .doesNotContain(secret, lines[2]);
    }

    private X509Bundle write(UnaryOperator<CertificateBuilder> wish) {
        X509Bundle edge = PemFolder.CA.issue(wish);
        TestCa.write(folder, "edge", edge);
        return edge;
    }

    private void writeKey(String type, ASN1Encodable key) throws IOException {
        String body =
                Base64.getMimeEncoder().encodeToString(key.toASN1Primitive().getEncoded());
        String text = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
        Files.writeString(folder.resolve("edge.key"), text);
    }
}
