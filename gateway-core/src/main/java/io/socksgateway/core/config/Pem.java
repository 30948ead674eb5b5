package io.socksgateway.core.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.X509KeyManager;

/** Certificates and keys in PEM (RFC 7468). */
final class Pem {

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    /** As PKCS #8, or in the old form, where a header says so. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|PRIVATE KEY-----\\s+Proc-Type: *4, *ENCRYPTED");

    private Pem() {}

    static boolean hasEncryptedKey(String text) {
        return ENCRYPTED.matcher(text).find();
    }

    /**
     * The certificates of a text in their order; blocks of another kind are passed over.
     *
     * @throws CertificateException if one of them is none
     */
    static List<X509Certificate> certificates(String text) throws CertificateException {
        String blocks =
                CERTIFICATE.matcher(text).results().map(MatchResult::group).collect(Collectors.joining("\n"));
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(blocks.getBytes(StandardCharsets.ISO_8859_1)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /**
     * The first private key of a text: RSA or EC, as PKCS #8, PKCS #1 or SEC 1, not encrypted.
     *
     * @param certificates a text that begins with a certificate of the same algorithm
     * @return empty if there is no such key
     */
    static Optional<PrivateKey> key(String text, String certificates, X509Certificate first) {
        PemKeyCertOptions pair =
                new PemKeyCertOptions().addKeyValue(Buffer.buffer(text)).addCertValue(Buffer.buffer(certificates));
        try {
            // Only paths are resolved with a Vert.x, and there are none.
            X509KeyManager keys =
                    (X509KeyManager) pair.getKeyManagerFactory(null).getKeyManagers()[0];
            String algorithm = first.getPublicKey().getAlgorithm();
            return Optional.ofNullable(keys.getPrivateKey(keys.chooseServerAlias(algorithm, null, null)));
        } catch (Exception e) { // whatever the parser stumbles over; its messages may quote the key
            return Optional.empty();
        }
    }

    /** Whether what one key signs is what the other one verifies. */
    static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        byte[] probe = {1};
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
