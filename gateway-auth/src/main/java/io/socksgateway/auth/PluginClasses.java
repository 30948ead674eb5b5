package io.socksgateway.auth;

import io.socksgateway.core.config.AuthenticatorConfig;
import io.vertx.core.Deployable;
import io.vertx.core.spi.VerticleFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The classes of plug-ins: those of the gateway's class path, and for each folder the jars in it, with a loader of its own. What
 * the gateway has itself is never taken from a jar.
 *
 * <p>Its methods block. Confined to one thread at a time.
 */
final class PluginClasses implements AutoCloseable {

    private static final String JAVA = "java:";

    private final @Nullable Path home;
    private final Map<Path, URLClassLoader> loaders = new LinkedHashMap<>();

    /**
     * @param home folder of jars for every configuration, or null; it need not be there
     */
    PluginClasses(@Nullable Path home) {
        this.home = home;
    }

    /** Whether a verticle is made by a factory for another language. */
    static boolean isForeign(String className) {
        return className.indexOf(':') >= 0 && !className.startsWith(JAVA);
    }

    /**
     * The class of a plug-in, not initialized.
     *
     * @param path of the plug-in in the configuration
     * @throws PluginException if it is not there or cannot be deployed
     */
    Class<? extends Deployable> find(AuthenticatorConfig.Verticle plugin, String path) {
        String key = path + ".class";
        String name =
                plugin.className().startsWith(JAVA) ? plugin.className().substring(JAVA.length()) : plugin.className();
        for (ClassLoader loader : loadersOf(plugin, key)) {
            Class<?> type = load(name, loader, key);
            if (type != null) {
                return deployable(type, key);
            }
        }
        throw new PluginException(key, "there is no class " + name, "expected: in a jar in " + folders(plugin));
    }

    private static @Nullable Class<?> load(String name, ClassLoader loader, String key) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return null;
        } catch (UnsupportedClassVersionError e) {
            throw new PluginException(
                    key,
                    name + " is compiled for a newer Java",
                    "expected: Java " + Runtime.version().feature() + " or older");
        } catch (LinkageError e) {
            throw new PluginException(key, name + " cannot be loaded", "not found or broken: " + e.getMessage());
        }
    }

    private static Class<? extends Deployable> deployable(Class<?> type, String key) {
        String name = type.getName();
        if (!Deployable.class.isAssignableFrom(type)) {
            throw new PluginException(key, name + " is no verticle", "expected: a class that extends VerticleBase");
        }
        try {
            boolean concrete = !Modifier.isAbstract(type.getModifiers()) && Modifier.isPublic(type.getModifiers());
            if (concrete && Modifier.isPublic(type.getDeclaredConstructor().getModifiers())) {
                return type.asSubclass(Deployable.class);
            }
        } catch (NoSuchMethodException e) {
            // the same as one that is not public
        } catch (LinkageError e) {
            throw new PluginException(key, name + " cannot be loaded", "not found or broken: " + e.getMessage());
        }
        throw new PluginException(
                key, name + " cannot be made", "expected: a public class with a public constructor without parameters");
    }

    /**
     * The factory for a verticle in another language, from a jar of the plug-ins.
     *
     * @param prefix without colon
     * @throws PluginException if there is none
     */
    VerticleFactory requireFactory(AuthenticatorConfig.Verticle plugin, String path, String prefix) {
        String key = path + ".class";
        return loadersOf(plugin, key).stream()
                .flatMap(loader -> ServiceLoader.load(VerticleFactory.class, loader).stream())
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.prefix().equals(prefix))
                .findFirst()
                .orElseThrow(() -> new PluginException(
                        key,
                        "there is no verticle factory for " + prefix + ":",
                        "expected: one in a jar in " + folders(plugin)));
    }

    /**
     * Whether the plug-in can be found; of one in another language, only its factory.
     *
     * @throws PluginException if it cannot
     */
    void check(AuthenticatorConfig.Verticle plugin, String path) {
        String name = plugin.className();
        if (!isForeign(name)) {
            Class<? extends Deployable> unused = find(plugin, path);
        } else {
            VerticleFactory unused = requireFactory(plugin, path, name.substring(0, name.indexOf(':')));
        }
    }

    /** Where resources of a foreign verticle are looked for. */
    ClassLoader loader(AuthenticatorConfig.Verticle plugin, String path) {
        return loadersOf(plugin, path + ".class").get(0);
    }

    /** Those of the folders that have jars, then the gateway's own; one, as each has that for its parent. */
    private List<ClassLoader> loadersOf(AuthenticatorConfig.Verticle plugin, String key) {
        List<ClassLoader> all = new ArrayList<>();
        for (Path folder : foldersOf(plugin)) {
            try {
                URLClassLoader loader = loaders.computeIfAbsent(folder, PluginClasses::open);
                if (loader.getURLs().length > 0) {
                    all.add(loader);
                }
            } catch (UncheckedIOException e) {
                throw new PluginException(key, folder + " cannot be read", "not readable: " + e.getMessage());
            }
        }
        all.add(PluginClasses.class.getClassLoader());
        return all;
    }

    private List<Path> foldersOf(AuthenticatorConfig.Verticle plugin) {
        return home == null || home.equals(plugin.plugins())
                ? List.of(plugin.plugins())
                : List.of(plugin.plugins(), home);
    }

    private static URLClassLoader open(Path folder) {
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                for (Path file : files) {
                    jars.add(file.toUri().toURL());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        jars.sort((one, other) -> one.toString().compareTo(other.toString()));
        return new URLClassLoader(
                "plugins of " + folder, jars.toArray(URL[]::new), PluginClasses.class.getClassLoader());
    }

    private String folders(AuthenticatorConfig.Verticle plugin) {
        List<String> folders = new ArrayList<>();
        for (Path folder : foldersOf(plugin)) {
            URLClassLoader loader = loaders.get(folder);
            int jars = loader == null ? 0 : loader.getURLs().length;
            folders.add(folder + (Files.isDirectory(folder) ? ", which has " + jars : ", which is not there"));
        }
        return String.join(" or ", folders);
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
