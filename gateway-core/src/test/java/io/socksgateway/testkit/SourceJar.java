package io.socksgateway.testkit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes a jar of Java sources, as somebody would who writes a plug-in. */
public final class SourceJar {

    private SourceJar() {}

    /**
     * Compiles classes and puts them into a jar; a warning is a failure.
     *
     * @param classPath what {@code javac -cp} takes
     * @param sources one top-level class each, with its package
     */
    public static void write(Path jar, String classPath, List<String> sources) throws IOException {
        Path classes = Files.createTempDirectory(jar.getParent(), "classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-cp", classPath, "-d", classes.toString(), "-proc:none", "-Xlint:all,-classfile,-path", "-Werror");
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach(source -> units.add(new Source(source)));
        if (!compiler.getTask(messages, null, null, options, null, units).call()) {
            throw new AssertionError("not compiled:\n" + messages);
        }
        pack(classes, jar);
    }

    /** The class path of this JVM. */
    public static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : new TreeSet<>(files.filter(Files::isRegularFile).toList())) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A source that is in memory; the compiler wants it named for its class. */
    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///" + nameOf(text) + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        private static String nameOf(String text) {
            return text.lines()
                    .filter(line -> line.matches("public (final |abstract )?(class|interface|record) .*"))
                    .map(line -> line.replaceAll(".*(class|interface|record) (\\w+).*", "$2"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no public class in:\n" + text));
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
