package io.socksgateway.core.session;

import io.socksgateway.core.wire.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which protection of messages a listener agrees to.
 *
 * <p>Immutable.
 *
 * @param levels in the order of preference
 * @param nec whether a client may also ask in the clear, as those of NEC do; it is agreed with them on no protection
 */
public record GssTerms(List<Protection> levels, boolean nec) {

    public GssTerms {
        levels = List.copyOf(levels);
    }

    /**
     * The level that the client asks for if it is one of ours, else the first of ours (RFC 1961 section 4.2 leaves that to
     * the server); null if the context is capable of none.
     *
     * @param asked the client's octet, whatever it is
     * @param encrypts whether the context can
     */
    @Nullable
    Protection choose(int asked, boolean encrypts) {
        Protection first = null;
        for (Protection level : levels) {
            if (level == Protection.CONFIDENTIALITY && !encrypts) {
                continue;
            }
            if (level.code() == asked) {
                return level;
            }
            if (first == null) {
                first = level;
            }
        }
        return first;
    }
}
