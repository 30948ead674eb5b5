package io.socksgateway.auth.jars;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What class loaders offer of a service, by the files that {@link java.util.ServiceLoader} reads too. Each is made on its own: a
 * jar that is broken, or meant for another Java, keeps nobody from what another one has.
 *
 * <p>Its methods block. Confined to one thread at a time.
 *
 * @param <S> the service
 */
public final class Offers<S> {

    private final Class<S> service;
    private final List<ClassLoader> loaders;
    private final Set<String> passedOver = new LinkedHashSet<>();

    /**
     * @param loaders the first of them first
     */
    public Offers(Class<S> service, List<ClassLoader> loaders) {
        this.service = service;
        this.loaders = List.copyOf(loaders);
    }

    /** The first that is wanted; those after it are not made. */
    public Optional<S> first(Predicate<S> wanted) {
        return loaders.stream()
                .flatMap(loader -> files(loader).stream().flatMap(file -> names(file).stream()
                        .flatMap(name -> make(name, loader, file, wanted).stream())))
                .findFirst();
    }

    /** Those that could not be used so far and why, for the end of a hint; empty if there were none. */
    public String passedOver() {
        return passedOver.isEmpty() ? "" : "; passed over: " + String.join(", ", passedOver);
    }

    private List<URL> files(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources("META-INF/services/" + service.getName()));
        } catch (IOException e) {
            boolean unused = passedOver.add(loader.getName() + " (" + inWords(e) + ")");
            return List.of();
        }
    }

    private List<String> names(URL file) {
        try {
            URLConnection connection = file.openConnection();
            connection.setUseCaches(false); // else a jar that is replaced later would be read by its old table
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                return lines.lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(name -> !name.isEmpty())
                        .toList();
            }
        } catch (IOException | RuntimeException e) {
            boolean unused = passedOver.add(jar(file) + " (" + inWords(e) + ")");
            return List.of();
        }
    }

    private Optional<S> make(String name, ClassLoader loader, URL file, Predicate<S> wanted) {
        try {
            S made = service.cast(
                    Class.forName(name, true, loader).getConstructor().newInstance());
            return Optional.of(made).filter(wanted);
        } catch (InvocationTargetException e) {
            return passOver(name, file, e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) { // they are anybody's
            return passOver(name, file, e);
        }
    }

    private Optional<S> passOver(String name, URL file, Throwable why) {
        boolean unused = passedOver.add(name + " of " + jar(file) + " (" + inWords(why) + ")");
        return Optional.empty();
    }

    private static String inWords(Throwable why) {
        if (why instanceof UnsupportedClassVersionError) {
            return "compiled for a newer Java than " + Runtime.version().feature();
        }
        return why.toString().lines().findFirst().orElse(why.getClass().getName());
    }

    /** The name of the jar with this file in it, or where else it is. */
    private static String jar(URL file) {
        String where = file.toString();
        int end = where.indexOf("!/");
        return end < 0 ? where : where.substring(where.lastIndexOf('/', end) + 1, end);
    }
}
