package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.deploy.documents.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command of the gateway in the documents is one that there is, with the options that it has. */
class DocumentedCommandsTest {

    /** Behind nothing but what feeds it, up to what takes its output. */
    private static final Pattern IN_BLOCK = Pattern.compile(
            "(?m)^ *(?:\\$ |[^#\\n]*(?:\\||&&) )?(?:[\\w./]*/)?socks-gateway ((?:[^|>#&\\n']|'[^'\\n]*')+)");

    private static final Pattern IN_TEXT = Pattern.compile("`(?:[\\w./]*/)?socks-gateway ([^`]+)`");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** Of the start script. */
    private static final String ARCHIVE = "archive";

    private record Command(Path document, List<String> words) {}

    static List<Command> commands() throws IOException {
        List<Command> commands = new ArrayList<>();
        for (Path document : Documents.all()) {
            for (Documents.Block block : Documents.blocks(document, "sh", "console", "yaml", "ini")) {
                add(document, IN_BLOCK.matcher(block.text()), commands);
            }
            add(document, IN_TEXT.matcher(Files.readString(document)), commands);
        }
        assertThat(commands).hasSizeGreaterThan(30);
        return commands;
    }

    private static void add(Path document, Matcher found, List<Command> commands) {
        found.results()
                .map(result -> words(result.group(1)))
                .filter(words -> !words.get(0).equals(ARCHIVE))
                .forEach(words -> commands.add(new Command(document, words)));
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }

    private static void parse(List<String> words) {
        new CommandLine(new Commands()).parseArgs(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void exists(Command command) {
        assertThatCode(() -> parse(command.words())).doesNotThrowAnyException();
    }

    @Test
    void oneThatDoesNotExistIsNoticed() {
        assertThatThrownBy(() -> parse(List.of("sessions", "--nobody", "alice")))
                .isInstanceOf(CommandLine.ParameterException.class);
    }
}
