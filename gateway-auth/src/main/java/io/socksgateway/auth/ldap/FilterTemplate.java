package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A filter with placeholders in the values that it compares with for equality. They are filled in behind the parser, so that no
 * name can change the filter's meaning.
 *
 * <p>Immutable.
 */
final class FilterTemplate {

    private final Filter template;
    private final List<String> placeholders;

    /**
     * Parses a filter.
     *
     * @throws IllegalArgumentException if it is none, or has a placeholder anywhere else
     */
    FilterTemplate(String text, String... placeholders) {
        this.placeholders = List.of(placeholders);
        try {
            this.template = Filter.create(text);
        } catch (LDAPException e) {
            throw new IllegalArgumentException("malformed filter (expected: one such as \"(uid={user})\")", e);
        }
        check(template);
    }

    private void check(Filter filter) {
        for (Filter part : parts(filter)) {
            check(part);
        }
        boolean equality = filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY
                || filter.getFilterType() == Filter.FILTER_TYPE_EXTENSIBLE_MATCH;
        String elsewhere = equality ? filter.getAttributeName() + filter.getMatchingRuleID() : filter.toString();
        if (parts(filter).isEmpty() && has(elsewhere)) {
            throw new IllegalArgumentException(
                    "a placeholder in another place than behind = (expected: \"(uid={user})\")");
        }
    }

    /** The attribute that is compared with a placeholder alone; the first, if there are several. */
    Optional<String> attributeOf(String placeholder) {
        return attributeOf(template, placeholder);
    }

    private static Optional<String> attributeOf(Filter filter, String placeholder) {
        if (placeholder.equals(filter.getAssertionValue()) && filter.getAttributeName() != null) {
            return Optional.of(filter.getAttributeName());
        }
        return parts(filter).stream()
                .flatMap(part -> attributeOf(part, placeholder).stream())
                .findFirst();
    }

    /** The filter with values for its placeholders, as they are: nothing has to be escaped. */
    Filter fill(Map<String, String> values) {
        return fill(template, values);
    }

    private Filter fill(Filter filter, Map<String, String> values) {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
                List<Filter> filled = new ArrayList<>();
                for (Filter part : filter.getComponents()) {
                    filled.add(fill(part, values));
                }
                return filter.getFilterType() == Filter.FILTER_TYPE_AND
                        ? Filter.createANDFilter(filled)
                        : Filter.createORFilter(filled);
            }
            case Filter.FILTER_TYPE_NOT -> {
                return Filter.createNOTFilter(fill(filter.getNOTComponent(), values));
            }
            default -> {
                return has(String.valueOf(filter.getAssertionValue())) ? fillValue(filter, values) : filter;
            }
        }
    }

    private Filter fillValue(Filter filter, Map<String, String> values) {
        String value = Placeholders.fill(filter.getAssertionValue(), values);
        return filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY
                ? Filter.createEqualityFilter(filter.getAttributeName(), value)
                : Filter.createExtensibleMatchFilter(
                        filter.getAttributeName(), filter.getMatchingRuleID(), filter.getDNAttributes(), value);
    }

    private boolean has(String text) {
        return placeholders.stream().anyMatch(text::contains);
    }

    private static List<Filter> parts(Filter filter) {
        if (filter.getFilterType() == Filter.FILTER_TYPE_NOT) {
            return List.of(filter.getNOTComponent());
        }
        return List.of(filter.getComponents());
    }
}
