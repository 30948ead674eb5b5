package io.socksgateway.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the gateway in folders of jars: each has a class loader, behind the gateway's own, so that what the gateway has
 * itself is never taken from a jar.
 *
 * <p>Its methods block. Confined to one thread at a time.
 */
final class JarFolders implements AutoCloseable {

    private final @Nullable Path home;
    private final Map<Path, URLClassLoader> loaders = new LinkedHashMap<>();

    /**
     * @param home folder of jars for every configuration, or null; it need not be there
     */
    JarFolders(@Nullable Path home) {
        this.home = home;
    }

    /**
     * Those of the folders that have jars, then the gateway's own.
     *
     * @param plugins the folder beside the configuration
     * @throws UncheckedIOException if one cannot be read; the message names it
     */
    List<ClassLoader> loaders(Path plugins) {
        List<ClassLoader> all = new ArrayList<>();
        for (Path folder : folders(plugins)) {
            URLClassLoader loader = loaders.computeIfAbsent(folder, JarFolders::open);
            if (loader.getURLs().length > 0) {
                all.add(loader);
            }
        }
        all.add(JarFolders.class.getClassLoader());
        return all;
    }

    private List<Path> folders(Path plugins) {
        return home == null || home.equals(plugins) ? List.of(plugins) : List.of(plugins, home);
    }

    private static URLClassLoader open(Path folder) {
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                for (Path file : files) {
                    jars.add(file.toUri().toURL());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(folder + " cannot be read", e);
            }
        }
        jars.sort((one, other) -> one.toString().compareTo(other.toString()));
        return new URLClassLoader("plugins of " + folder, jars.toArray(URL[]::new), JarFolders.class.getClassLoader());
    }

    /** The folders and how many jars they have, for a hint. */
    String describe(Path plugins) {
        List<String> described = new ArrayList<>();
        for (Path folder : folders(plugins)) {
            URLClassLoader loader = loaders.get(folder);
            int jars = loader == null ? 0 : loader.getURLs().length;
            described.add(folder + (Files.isDirectory(folder) ? ", which has " + jars : ", which is not there"));
        }
        return String.join(" or ", described);
    }

    /** Closes the jars: a class that was not loaded yet cannot be any more. */
    @Override
    public void close() {
        for (URLClassLoader loader : loaders.values()) {
            try {
                loader.close();
            } catch (IOException e) {
                // Nothing was written.
            }
        }
        loaders.clear();
    }
}
