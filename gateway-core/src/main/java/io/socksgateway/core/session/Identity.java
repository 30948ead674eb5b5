package io.socksgateway.core.session;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a client has been found to be.
 *
 * <p>Immutable.
 *
 * @param user verified name, or null if the method asks for none
 */
public record Identity(@Nullable String user, Set<String> groups) {

    /** Nobody in particular. */
    public static final Identity ANONYMOUS = new Identity(null, Set.of());

    public Identity {
        groups = Set.copyOf(groups);
    }
}
