package io.socksgateway.auth;

import io.socksgateway.auth.jars.Offers;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.vertx.core.Deployable;
import io.vertx.core.spi.VerticleFactory;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of plug-ins: those of the gateway's class path, and those of folders of jars.
 *
 * <p>Its methods block. Confined to one thread at a time.
 */
final class PluginClasses {

    private static final String JAVA = "java:";

    private final JarFolders folders;

    PluginClasses(JarFolders folders) {
        this.folders = folders;
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
        Offers<VerticleFactory> offered = new Offers<>(VerticleFactory.class, loadersOf(plugin, key));
        return offered.first(factory -> prefix.equals(factory.prefix()))
                .orElseThrow(() -> new PluginException(
                        key,
                        "there is no verticle factory for " + prefix + ":",
                        "expected: one in a jar in " + folders(plugin) + offered.passedOver()));
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

    private List<ClassLoader> loadersOf(AuthenticatorConfig.Verticle plugin, String key) {
        try {
            return folders.loaders(plugin.plugins());
        } catch (UncheckedIOException e) {
            throw new PluginException(key, String.valueOf(e.getMessage()), "not readable: " + e.getCause());
        }
    }

    private String folders(AuthenticatorConfig.Verticle plugin) {
        return folders.describe(plugin.plugins());
    }
}
