package io.socksgateway.deploy.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents for those who run the gateway, as they stand in the repository, and what is written in them. */
public final class Documents {

    private static final Pattern BLOCK =
            Pattern.compile("^( *)```(\\w*)\\n(.*?)^ *```", Pattern.MULTILINE | Pattern.DOTALL);

    private Documents() {}

    /**
     * Something between three backticks.
     *
     * @param document the file that it is in
     * @param language what stands behind the backticks
     * @param text without indentation of the whole
     */
    public record Block(Path document, String language, String text) {

        @Override
        public String toString() {
            return document + ": " + text.lines().findFirst().orElse("");
        }
    }

    /** All of them: the README, the guide, and what explains examples and folders. */
    public static List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>(List.of(
                Path.of("..", "README.md"),
                Path.of("conf", "examples", "README.md"),
                Path.of("plugins", "README.md"),
                Path.of("src", "main", "assembly", "README.md")));
        all.addAll(guide());
        return all;
    }

    /** The operator's guide. */
    public static List<Path> guide() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** The blocks in these languages, in the order of the text. */
    public static List<Block> blocks(Path document, String... languages) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .map(found ->
                        new Block(document, found.group(2), found.group(3).replaceAll("(?m)^" + found.group(1), "")))
                .filter(block -> List.of(languages).contains(block.language()))
                .toList();
    }
}
