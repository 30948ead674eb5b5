package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunArgumentsTest {

    @Test
    void readsThePlainSpelling() {
        HostPort listen = new HostPort("::1", 1081);

        assertThat(RunArguments.of("run")).contains(new RunArguments(null, null));
        assertThat(RunArguments.of("run", "--config", "a.json")).contains(new RunArguments(Path.of("a.json"), null));
        assertThat(RunArguments.of("run", "-l", "[::1]:1081", "-c", "b c"))
                .contains(new RunArguments(Path.of("b c"), listen));
    }

    /** What is left to the parser, which knows what to say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check --config a.json",
                "run --help",
                "run a.json",
                "run --config",
                "run --config=a.json",
                "run --config --listen",
                "run --config @a.json",
                "run --config a.json --config b.json",
                "run -l 127.0.0.1:1 --listen 127.0.0.1:2",
                "run --listen nonsense",
                "run --port 1080",
                "RUN"
            })
    void nothingElse(String line) {
        assertThat(RunArguments.of(line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .isEmpty();
    }
}
