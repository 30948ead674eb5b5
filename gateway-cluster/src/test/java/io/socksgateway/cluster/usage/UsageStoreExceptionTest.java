package io.socksgateway.cluster.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageStoreExceptionTest {

    private static final Path FOLDER = Path.of("data");

    private static boolean isOfFile(SQLException failure, @Nullable Path folder) {
        return UsageStoreException.of(failure, folder).isOfFile();
    }

    @ParameterizedTest
    @ValueSource(ints = {90028, 90030, 90031, 90048, 90049, 90097})
    void whatH2CannotOpenSomebodyHasToMend(int code) {
        UsageStoreException failure = UsageStoreException.of(new SQLException("why", "HY000", code), FOLDER);
        assertThat(failure.isOfFile()).isTrue();
        assertThat(failure.isLasting()).isTrue();
        assertThat(failure.getMessage()).startsWith("node.data: ").contains("hint: ");
    }

    @Test
    void aFileInUseMayGoAway() {
        UsageStoreException failure = UsageStoreException.of(new SQLException("why", "90020", 90020), FOLDER);
        assertThat(failure.isOfFile()).isTrue();
        assertThat(failure.isLasting()).isFalse();
    }

    @Test
    void whatTakesTooLongIsTriedAgain() {
        assertThat(isOfFile(new SQLTransientConnectionException("timed out"), FOLDER))
                .isFalse();
        assertThat(isOfFile(new SQLTransientException("locked", "HYT00", 50200), FOLDER))
                .isFalse();
    }

    @Test
    void aDatabaseOfAllIsNoFile() {
        assertThat(isOfFile(new SQLException("why", "HY000", 90030), null)).isFalse();
    }
}
