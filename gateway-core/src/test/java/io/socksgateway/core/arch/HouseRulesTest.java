package io.socksgateway.core.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.socksgateway.core.arch.fixture.Asking;
import io.socksgateway.core.arch.fixture.Blocking;
import io.socksgateway.core.arch.fixture.FrameHelper;
import io.socksgateway.core.arch.fixture.Printing;
import io.socksgateway.core.arch.fixture.Sleeping;
import io.socksgateway.testkit.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    /** One class for each rule, in their order, that breaks this rule and no other. */
    private static final List<Class<?>> OFFENDERS =
            List.of(Printing.class, Sleeping.class, Blocking.class, Asking.class, FrameHelper.class);

    @Test
    void coreKeepsThem() {
        JavaClasses core = HouseRules.ownClasses();
        HouseRules.all().forEach(rule -> rule.check(core));
    }

    @Test
    void eachOfThemCanFail() {
        List<ArchRule> rules = HouseRules.all();
        assertThat(rules).hasSameSizeAs(OFFENDERS);
        for (int i = 0; i < rules.size(); i++) {
            for (Class<?> offender : OFFENDERS) {
                ArchRule rule = rules.get(i);
                JavaClasses broken = new ClassFileImporter().importClasses(offender);
                if (OFFENDERS.get(i) == offender) {
                    assertThatThrownBy(() -> rule.check(broken))
                            .as(rule.getDescription())
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining(offender.getName());
                } else {
                    rule.check(broken);
                }
            }
        }
    }

    @Test
    void onlyTerminalsMayNameTheStandardStreams() {
        JavaClasses printing = new ClassFileImporter().importClasses(Printing.class, Sleeping.class);
        HouseRules.all(Printing.class.getName()).get(0).check(printing);
    }
}
