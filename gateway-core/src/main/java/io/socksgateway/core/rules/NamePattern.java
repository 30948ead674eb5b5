package io.socksgateway.core.rules;

import io.socksgateway.core.address.Host;
import io.socksgateway.core.address.HostNames;
import java.util.Optional;

/**
 * A pattern for names: a name, {@code *.example.com} for every name below it (not itself), or {@code *} for all.
 * Letter case and a final dot make no difference.
 *
 * <p>Immutable.
 */
public record NamePattern(String suffix, boolean exact) {

    /** Nothing if the text is no name behind an optional {@code *.}. */
    public static Optional<NamePattern> parse(String text) {
        if (text.equals("*")) {
            return Optional.of(new NamePattern("", false));
        }
        boolean exact = !text.startsWith("*.");
        String name = exact ? text : text.substring(2);
        if (name.indexOf('*') >= 0 || name.indexOf('@') >= 0) {
            return Optional.empty();
        }
        return HostNames.parse(name)
                .filter(Host.Name.class::isInstance)
                .map(host -> new NamePattern((exact ? "" : ".") + HostNames.canonical(host.toString()), exact));
    }

    /** Whether a name in the form of {@link HostNames#canonical} fits. */
    public boolean matches(String canonicalName) {
        return exact ? canonicalName.equals(suffix) : canonicalName.endsWith(suffix);
    }

    /** Whether every destination fits, also one given as an address. */
    public boolean isAny() {
        return suffix.isEmpty();
    }

    @Override
    public String toString() {
        return exact ? suffix : "*" + suffix;
    }
}
