package io.socksgateway.core.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The layers of core: which package may import which, as their {@code package-info} says. */
final class Layers {

    /** Without I/O and without Vert.x, so that they are tested without sockets. */
    static final Set<String> PURE = Set.of("address", "wire", "rules", "quota", "session");

    private static final Map<String, Set<String>> IMPORTS = imports();

    private Layers() {}

    private static Map<String, Set<String>> imports() {
        Map<String, Set<String>> imports = new TreeMap<>();
        imports.put("address", Set.of());
        imports.put("wire", Set.of("address"));
        imports.put("rules", Set.of("address", "wire"));
        imports.put("quota", Set.of("address"));
        imports.put("session", Set.of("address", "wire", "rules", "quota"));
        imports.put("config", Set.of("address", "wire", "rules", "quota"));
        imports.put("bus", PURE);
        imports.put("store", PURE);
        imports.put("net", PURE);
        imports.put("relay", Set.copyOf(all("config", "bus", "store", "net")));
        imports.put("tcp", Set.copyOf(all("config", "bus", "store", "net", "relay")));
        return imports;
    }

    private static Set<String> all(String... more) {
        Set<String> all = new TreeSet<>(PURE);
        all.addAll(List.of(more));
        return all;
    }

    /** The packages that have a place. */
    static Set<String> packages() {
        return IMPORTS.keySet();
    }

    /**
     * The rules.
     *
     * @param root the package that the layers are in
     */
    static List<ArchRule> under(String root) {
        List<ArchRule> rules = new ArrayList<>();
        IMPORTS.forEach((name, imports) -> rules.add(mayImport(root, name, imports)));
        rules.add(
                SlicesRuleDefinition.slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.add(onlyBuffers(root));
        return rules;
    }

    private static ArchRule mayImport(String root, String name, Set<String> imports) {
        Set<String> known = new TreeSet<>(imports);
        known.add(name);
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(subtree(root, name))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(DescribedPredicate.not(in(root, known))))
                .as("%s imports of the gateway only %s".formatted(name, imports))
                .allowEmptyShould(true);
    }

    private static ArchRule onlyBuffers(String root) {
        return ArchRuleDefinition.noClasses()
                .that(in(root, PURE))
                .should()
                .dependOnClassesThat(resideInAPackage("io.vertx..")
                        .and(DescribedPredicate.not(resideInAPackage("io.vertx.core.buffer")))
                        .or(resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "java.nio.channels..")))
                .as("the pure packages know buffers, but neither Vert.x nor sockets");
    }

    private static DescribedPredicate<JavaClass> in(String root, Set<String> names) {
        return resideInAnyPackage(
                names.stream().map(name -> subtree(root, name)).toArray(String[]::new));
    }

    private static String subtree(String root, String name) {
        return root + "." + name + "..";
    }
}
