package io.socksgateway.auth;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.socksgateway.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void thisModuleKeepsThem() {
        JavaClasses classes = HouseRules.ownClasses();
        HouseRules.all().forEach(rule -> rule.check(classes));
    }
}
