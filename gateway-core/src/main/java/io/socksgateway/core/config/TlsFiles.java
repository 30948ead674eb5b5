package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that {@code tls} of a listener names, which may be replaced while it runs.
 *
 * <p>Immutable.
 *
 * @param clientCa null if clients need no certificate
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientCa) {

    /** What is in the files now. */
    public sealed interface Contents {
        record Right(TlsConfig config, List<ConfigWarning> warnings) implements Contents {}

        /** Says for each error by which key the file is named, and nothing of what it holds. */
        record Wrong(List<ConfigError> errors) implements Contents {}
    }

    /** Reads them as the configuration is read. Blocks. */
    public Contents read() {
        JsonObject names =
                new JsonObject().put("certificate", certificate.toString()).put("key", key.toString());
        if (clientCa != null) {
            names.put("clientCa", clientCa.toString());
        }
        Findings findings = new Findings();
        TlsConfig config = Section.read(new Cursor("", names, findings), names, new TlsReader(Path.of(""))::read);
        return config == null ? new Contents.Wrong(findings.errors()) : new Contents.Right(config, findings.warnings());
    }

    /** Which version of each file is there; empty for one that cannot be seen. Blocks. */
    public List<Optional<FileVersion>> versions() {
        return Stream.of(Optional.of(certificate), Optional.of(key), Optional.ofNullable(clientCa))
                .flatMap(Optional::stream)
                .map(file -> Optional.ofNullable(FileVersion.of(file)))
                .toList();
    }
}
