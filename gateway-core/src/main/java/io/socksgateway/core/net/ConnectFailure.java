package io.socksgateway.core.net;

import io.socksgateway.core.session.Failure;
import java.io.IOException;

/**
 * Why a connection could not be made, by the operating system's own number where there is one.
 *
 * <p>Immutable; has no stack trace, as refused connections are daily business.
 */
public final class ConnectFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final Failure kind;

    public ConnectFailure(Failure kind, String detail) {
        super(detail, null);
        this.kind = kind;
    }

    public Failure kind() {
        return kind;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
