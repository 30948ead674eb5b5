package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import io.socksgateway.testkit.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminAccessReaderTest {

    private static final String REMOTE =
            "{'admin':{'host':'10.0.0.7','token':{'env':'NOT_SET'},'metrics':{'topUsers':9},"
                    + "'tls':{'certificate':'edge.crt','key':'edge.key','clientCa':'none.crt'}}}";

    private final Path folder;

    AdminAccessReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private AdminAccess read(String document, boolean token, boolean certificate) {
        return new AdminAccessReader(folder, name -> null, token, certificate).read(Documents.json(document));
    }

    @Test
    void whatOnlyTheGatewayMayReadIsLeftAlone() throws IOException {
        X509Bundle edge = PemFolder.CA.issue();
        TestCa.write(folder, "edge", edge);
        Files.delete(folder.resolve("edge.key"));

        assertThat(read(REMOTE, false, true))
                .isEqualTo(new AdminAccess.Found("10.0.0.7", 9090, true, null, edge.getCertificate()));

        Files.delete(folder.resolve("edge.crt"));
        assertThat(read(REMOTE, false, false)).isEqualTo(new AdminAccess.Found("10.0.0.7", 9090, true, null, null));
    }

    @Test
    void whatIsAskedForAndWrongIsSaid() {
        AdminAccess access = read(REMOTE.replace("'metrics'", "'metric'"), true, true);

        assertThat(((AdminAccess.Wrong) access).errors())
                .extracting(ConfigError::path)
                .containsExactlyInAnyOrder("admin.token", "admin.tls.certificate", "admin.metric");
        assertThat(((AdminAccess.Wrong) read("{'admin':[]}", true, true)).errors())
                .extracting(ConfigError::path)
                .containsExactly("admin");
    }

    @Test
    void theRestOfTheConfigurationIsNoneOfItsBusiness() {
        assertThat(read("{'listeners':7,'admin':{'port':1080}}", true, true))
                .as("as the port of the listener that there would be without any")
                .isEqualTo(new AdminAccess.Found("127.0.0.1", 1080, false, null, null));
        assertThat(read("{'listeners':7}", true, true)).isEqualTo(new AdminAccess.Absent());
    }
}
