package io.socksgateway.deploy.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The links of a document in Markdown. */
public final class DocumentLinks {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");

    private DocumentLinks() {}

    /** The links that lead to no file, or to no heading of one; those into the Internet are not tried. */
    public static List<String> broken(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link :
                LINK.matcher(Files.readString(document)).results().toList()) {
            String target = link.group(1);
            if (!target.startsWith("https:") && !leads(document, target, link.group(2))) {
                broken.add(link.group());
            }
        }
        return broken;
    }

    private static boolean leads(Path document, String target, String anchor) throws IOException {
        Path file = target.isEmpty() ? document : document.resolveSibling(target);
        return Files.exists(file) && (anchor == null || anchors(file).contains(anchor));
    }

    /** The headings, as they are linked to. */
    private static List<String> anchors(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> "#" + heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }
}
