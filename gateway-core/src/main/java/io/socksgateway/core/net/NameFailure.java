package io.socksgateway.core.net;

import io.socksgateway.core.session.Failure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a name has no addresses: {@link Failure#NAME_UNKNOWN} if the name servers say so, {@link
 * Failure#NAME_UNANSWERED} if they say nothing, or are not asked.
 *
 * <p>Immutable; has no stack trace, as mistyped names are daily business.
 */
public final class NameFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final Failure kind;
    private final boolean refused;

    public NameFailure(Failure kind, String detail) {
        this(kind, detail, false);
    }

    private NameFailure(Failure kind, String detail, boolean refused) {
        super(detail, null);
        this.kind = kind;
        this.refused = refused;
    }

    /** Nobody was asked, as too many names are being looked up already. */
    public static NameFailure refused(String detail) {
        return new NameFailure(Failure.NAME_UNANSWERED, detail, true);
    }

    /** Why a lookup without a result has none: the cause of its failure, or null if the list was empty. */
    public static Failure kindOf(@Nullable Throwable cause) {
        return cause instanceof NameFailure known ? known.kind() : Failure.NAME_UNKNOWN;
    }

    public Failure kind() {
        return kind;
    }

    /** Whether nobody was asked. */
    public boolean isRefused() {
        return refused;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
