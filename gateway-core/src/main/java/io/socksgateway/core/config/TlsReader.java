package io.socksgateway.core.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls} of a listener, and the files that it names; blocks while it does. */
final class TlsReader {

    private static final String EXPECTED_CERTIFICATE = "expected: PEM, beginning with -----BEGIN CERTIFICATE-----";

    /** How long before its end a certificate is warned about. */
    private static final Duration SOON = Duration.ofDays(14);

    private final Kind<PemFile> pem;

    TlsReader(Path folder) {
        this.pem = new PemFile.FromPath(new PathText(folder, true));
    }

    /** Null if anything in it is wrong. */
    @Nullable
    TlsConfig read(Section section) {
        PemFile certificate = section.required("certificate", pem);
        PemFile keyFile = section.required("key", pem);
        PemFile clientCa = section.optional("clientCa", pem);
        List<X509Certificate> clientCas = clientCa == null ? List.of() : certificates(section, "clientCa", clientCa);
        List<X509Certificate> chain =
                certificate == null ? List.of() : certificates(section, "certificate", certificate);
        if (certificate == null || keyFile == null || chain.isEmpty()) {
            return null;
        }
        PrivateKey key = key(section, keyFile, certificate, chain.get(0));
        if (key == null || !section.clean()) {
            return null;
        }
        Path ca = clientCa == null ? null : clientCa.path();
        return new TlsConfig(chain, key, clientCas, new TlsFiles(certificate.path(), keyFile.path(), ca));
    }

    /** The certificate that is shown; null if it cannot be read. The other files are left alone. */
    @Nullable
    X509Certificate certificateAlone(Section section) {
        section.skip("key", "clientCa");
        PemFile file = section.required("certificate", pem);
        List<X509Certificate> chain = file == null ? List.of() : certificates(section, "certificate", file);
        return chain.isEmpty() ? null : chain.get(0);
    }

    private static List<X509Certificate> certificates(Section section, String key, PemFile file) {
        List<X509Certificate> certificates = List.of();
        try {
            certificates = Pem.certificates(file.text());
            if (certificates.isEmpty()) {
                section.fail(key, file.name() + " holds no certificate", EXPECTED_CERTIFICATE);
            }
        } catch (CertificateException e) {
            section.fail(key, file.name() + " holds a certificate that cannot be read", EXPECTED_CERTIFICATE);
        }
        certificates.forEach(one -> warn(section, key, file, one));
        return certificates;
    }

    private static void warn(Section section, String key, PemFile file, X509Certificate certificate) {
        Instant now = Instant.now();
        Instant end = certificate.getNotAfter().toInstant();
        boolean valid =
                !now.isAfter(end) && !now.isBefore(certificate.getNotBefore().toInstant());
        if (!valid || now.plus(SOON).isAfter(end)) {
            String period = "%tF to %tF".formatted(certificate.getNotBefore(), certificate.getNotAfter());
            section.findings()
                    .warn(
                            section.path(key),
                            file.name() + " is valid from " + period,
                            valid ? "renew it soon: others refuse it then" : "others refuse it now");
        }
    }

    private static @Nullable PrivateKey key(Section section, PemFile file, PemFile certificate, X509Certificate first) {
        if (Pem.hasEncryptedKey(file.text())) {
            section.fail(
                    "key",
                    file.name() + " is encrypted",
                    "expected: the key without a password, in a file that only the gateway can read: openssl pkey -in OLD -out NEW");
            return null;
        }
        Optional<PrivateKey> key = Pem.key(file.text(), certificate.text(), first);
        if (key.isEmpty()) {
            section.fail(
                    "key",
                    file.name() + " holds no key for the certificate",
                    "expected: its private key, RSA or EC, in PEM, not encrypted");
        } else if (!Pem.belongTogether(key.get(), first.getPublicKey())) {
            section.fail(
                    "key",
                    file.name() + " is not the key of the certificate",
                    "expected: the key that belongs to " + certificate.name());
        } else {
            return key.get();
        }
        return null;
    }
}
