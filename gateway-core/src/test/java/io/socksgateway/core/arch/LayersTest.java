package io.socksgateway.core.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.socksgateway.testkit.HouseRules;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final String CORE = "io.socksgateway.core";
    private static final String FIXTURE = "io.socksgateway.core.arch.fixture";

    @Test
    void noPackageImportsWhatComesAfterIt() {
        JavaClasses core = HouseRules.ownClasses();
        Layers.under(CORE).forEach(rule -> rule.check(core));
    }

    @Test
    void everyPackageHasItsPlace() {
        Set<String> packages = HouseRules.ownClasses().stream()
                .map(type -> type.getPackageName().substring(CORE.length() + 1).replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).isEqualTo(Layers.packages());
    }

    @Test
    void anImportOfALaterPackageIsFound() {
        assertThatThrownBy(() -> check("address imports"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fixture.address.Climbing")
                .hasMessageContaining("fixture.wire.Frame");
    }

    @Test
    void aCycleIsFound() {
        assertThatThrownBy(() -> check("cycles"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left")
                .hasMessageContaining("right");
    }

    @Test
    void vertxInAPurePackageIsFound() {
        assertThatThrownBy(() -> check("pure packages"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fixture.address.Climbing")
                .hasMessageContaining("io.vertx.core.Future")
                .hasMessageNotContaining("Climbing.octets");
    }

    private static void check(String description) {
        JavaClasses broken = new ClassFileImporter().importPackages(FIXTURE);
        ArchRule only = Layers.under(FIXTURE).stream()
                .filter(rule -> rule.getDescription().contains(description))
                .reduce((one, other) -> {
                    throw new IllegalStateException("more than one: " + description);
                })
                .orElseThrow();
        only.check(broken);
    }
}
