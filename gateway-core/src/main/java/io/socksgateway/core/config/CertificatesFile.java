package io.socksgateway.core.config;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path of a file of certificates in PEM, read as what it holds; blocks while it does. */
record CertificatesFile(Kind<PemFile> pem) implements Kind<List<X509Certificate>> {

    private static final String EXPECTED = "expected: PEM, beginning with -----BEGIN CERTIFICATE-----";

    CertificatesFile(Path folder) {
        this(new PemFile.FromPath(new PathText(folder, true)));
    }

    @Override
    public @Nullable List<X509Certificate> read(Cursor at) {
        PemFile file = pem.read(at);
        if (file == null) {
            return null;
        }
        try {
            List<X509Certificate> certificates = Pem.certificates(file.text());
            if (!certificates.isEmpty()) {
                return certificates;
            }
            at.fail(file.name() + " holds no certificate", EXPECTED);
        } catch (CertificateException e) {
            at.fail(file.name() + " holds a certificate that cannot be read", EXPECTED);
        }
        return null;
    }

    @Override
    public String expected() {
        return pem.expected();
    }
}
