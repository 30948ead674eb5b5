package io.socksgateway.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The rules for the code of every module. A module checks them over its own classes in a test of its own. */
public final class HouseRules {

    private static final Pattern VAGUE =
            Pattern.compile("(Abstract|Base)([A-Z].*)?|.*(Impl|Utils?|Helpers?|Managers?|Base)");

    private HouseRules() {}

    /** Reading them takes seconds, so it is done once for all tests of a module. */
    private static final class Own {
        static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

        private Own() {}
    }

    /** The classes of the module under test, without its tests and without other modules. */
    public static JavaClasses ownClasses() {
        return Own.CLASSES;
    }

    /**
     * All of them.
     *
     * @param terminals names of the classes that may name the standard streams, because they give them to the command line
     */
    public static List<ArchRule> all(String... terminals) {
        return List.of(
                printsNothing(terminals),
                neverSleeps(),
                hasNoBlockingSockets(),
                asksTheBusInFewPlaces(),
                isNamedForItsRole());
    }

    private static ArchRule printsNothing(String... terminals) {
        return ArchRuleDefinition.noClasses()
                .that(describe("are not terminals", type -> !List.of(terminals).contains(type.getName())))
                .should(ACCESS_STANDARD_STREAMS)
                .because("what the gateway has to say goes to the log, and what a command answers to its writers");
    }

    private static ArchRule neverSleeps() {
        return ArchRuleDefinition.noClasses()
                .should()
                .callMethodWhere(calls("sleep", Thread.class).or(calls("sleep", TimeUnit.class)))
                .because("whoever waits holds a thread that others need");
    }

    private static ArchRule hasNoBlockingSockets() {
        return ArchRuleDefinition.noClasses()
                .that(describe(
                        "are not made for Java's own TLS, which names them",
                        type -> !type.isAssignableTo(SocketFactory.class)
                                && !type.isAssignableTo(X509ExtendedTrustManager.class)))
                .should()
                .dependOnClassesThat(nameMatching("java\\.net\\.(Server|Datagram|Multicast)?Socket"))
                .because("blocking sockets have no place on event loops");
    }

    private static ArchRule asksTheBusInFewPlaces() {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("..core.bus..")
                .and(DescribedPredicate.not(simpleNameEndingWith("Verticle")))
                .should()
                .callMethodWhere(calls("eventBus", Vertx.class))
                .because("messages go through the typed clients of the bus package");
    }

    /** A class name says the role. */
    private static ArchRule isNamedForItsRole() {
        return ArchRuleDefinition.noClasses()
                .should(be(describe("vaguely named", (JavaClass type) -> VAGUE.matcher(type.getSimpleName())
                        .matches())))
                .because("a name says what its class is for or how it works");
    }

    private static DescribedPredicate<JavaMethodCall> calls(String method, Class<?> owner) {
        return describe(
                "calls %s.%s".formatted(owner.getSimpleName(), method),
                call -> call.getName().equals(method) && assignableTo(owner).test(call.getTargetOwner()));
    }
}
