package io.socksgateway.core.net;

import io.socksgateway.core.session.Failure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a name has no addresses: {@link Failure#NAME_UNKNOWN} if the name servers say so, {@link
 * Failure#NAME_UNANSWERED} if they say nothing.
 *
 * <p>Immutable; has no stack trace, as mistyped names are daily business.
 */
public final class NameFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final Failure kind;

    public NameFailure(Failure kind, String detail) {
        super(detail, null);
        this.kind = kind;
    }

    /** Why a lookup without a result has none: the cause of its failure, or null if the list was empty. */
    public static Failure kindOf(@Nullable Throwable cause) {
        return cause instanceof NameFailure known ? known.kind() : Failure.NAME_UNKNOWN;
    }

    public Failure kind() {
        return kind;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
