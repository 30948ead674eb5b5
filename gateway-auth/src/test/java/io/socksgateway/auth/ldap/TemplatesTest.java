package io.socksgateway.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into DNs and filters stays in its place. */
class TemplatesTest {

    private static final String DEEP =
            "(&(objectClass=person)(!(uid={user}))(|(mail={user}@example.com)(member:1.2.840.113556.1.4.1941:={dn})))";

    @Property(tries = 300)
    void aFilterKeepsItsShapeWhateverTheName(@ForAll String user) throws Exception {
        FilterTemplate template = new FilterTemplate(DEEP, "{user}", "{dn}");
        Filter filled = template.fill(Map.of("{user}", user, "{dn}", "cn={user}"));

        assertThat(filled.getComponents()).hasSize(3);
        assertThat(filled.getComponents()[1].getNOTComponent().getAssertionValue())
                .isEqualTo(user);
        Filter[] any = filled.getComponents()[2].getComponents();
        assertThat(any[0].getAssertionValue()).isEqualTo(user + "@example.com");
        assertThat(any[1].getAssertionValue()).isEqualTo("cn={user}");
        assertThat(any[1].getMatchingRuleID()).isEqualTo("1.2.840.113556.1.4.1941");
        // As text, which is parsed again, it is the same too.
        assertThat(Filter.create(filled.toString())).isEqualTo(filled);
    }

    @Property(tries = 300)
    void aDnKeepsItsShapeWhateverTheName(@ForAll String user) throws Exception {
        DN filled = new DnTemplate("cn=x+uid={user},ou=people,dc=example").fill(user);

        assertThat(filled.getRDNs()).hasSize(3);
        assertThat(filled.getRDNs()[0].getAttributeValues()).contains("x", user);
        assertThat(new DN(filled.toString())).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"(uid={user}) uid", "(&(a=b)(|(mail={user})(uid={user}))) mail", "(cn:caseExactMatch:={user}) cn"})
    void knowsTheAttributeWithTheName(String filter, String attribute) {
        assertThat(new FilterTemplate(filter, "{user}").attributeOf("{user}")).contains(attribute);
    }

    @Test
    void knowsIfNoAttributeIsTheNameAlone() {
        assertThat(new FilterTemplate("(mail={user}@example.com)", "{user}").attributeOf("{user}"))
                .isEmpty();
        assertThat(new DnTemplate("cn=user {user},dc=a").attribute()).isEmpty();
        assertThat(new DnTemplate("cn=x,uid={user},dc=a").attribute()).contains("uid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(uid={user}",
                "(&(uid={user})",
                "({user}=alice)",
                "(uid={user}*)",
                "(uid>={user})",
                "(uid~={user})",
                "(!(uid=*{user}))",
                "(:{user}:=x)",
                "",
                "uid"
            })
    void refusesFiltersWithPlaceholdersElsewhereAndNone(String filter) {
        assertThatThrownBy(() -> new FilterTemplate(filter, "{user}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void refusesDnsThatAreNone() {
        for (String dn : List.of("{user}", "uid={user},people", "{user}=x,dc=a", "uid={user},,dc=a")) {
            assertThatThrownBy(() -> new DnTemplate(dn))
                    .as(dn)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }
}
