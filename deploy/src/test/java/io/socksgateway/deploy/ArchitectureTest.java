package io.socksgateway.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.socksgateway.testkit.HouseRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the modules depend on each other, seen from the one that has them all. */
class ArchitectureTest {

    private static final String ROOT = "io.socksgateway.";
    private static final List<String> SIBLINGS = List.of("auth", "udp", "cluster");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/testkit/"))
            .importPackages("io.socksgateway");

    @Test
    void siblingsDoNotKnowEachOther() {
        for (String sibling : SIBLINGS) {
            List<String> others = new ArrayList<>(SIBLINGS);
            others.remove(sibling);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + sibling + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(trees(others))
                    .allowEmptyShould(true)
                    .check(ALL);
        }
    }

    @Test
    void coreKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(trees(List.of("auth", "udp", "cluster", "deploy")))
                .check(ALL);
    }

    @Test
    void nobodyKnowsTheCompositionRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "deploy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "deploy..")
                .check(ALL);
    }

    /** Also those of a module that forgets to check them itself. */
    @Test
    void theHouseRulesHoldInAllModules() {
        HouseRules.all(Main.class.getName()).forEach(rule -> rule.check(ALL));
    }

    /** Otherwise the rules above would hold of nothing. */
    @Test
    void theModulesAreThere() {
        assertThat(ALL).anyMatch(type -> type.getPackageName().equals(ROOT + "deploy"));
        assertThat(ALL).anyMatch(type -> type.getPackageName().equals(ROOT + "auth"));
        assertThat(ALL).anyMatch(type -> type.getPackageName().equals(ROOT + "cluster"));
        assertThat(ALL).anyMatch(type -> type.getPackageName().startsWith(ROOT + "core."));
        assertThat(ALL).noneMatch(type -> type.getPackageName().startsWith(ROOT + "testkit"));
    }

    private static String[] trees(List<String> modules) {
        return modules.stream().map(module -> ROOT + module + "..").toArray(String[]::new);
    }
}
