package io.socksgateway.deploy.metrics;

import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.session.SessionLog;
import io.vertx.core.VertxOptions;

/**
 * Where the parts of a gateway are watched, while it is put together: each part comes back as it is to be used.
 *
 * <p>Thread-safe.
 */
public interface Monitoring {

    /** Nobody watches, and nothing is in the way. */
    Monitoring OFF = new Monitoring() {};

    default VertxOptions vertx(VertxOptions options) {
        return options;
    }

    default SessionLog log(SessionLog log) {
        return log;
    }

    default SessionEvents events() {
        return SessionEvents.NONE;
    }

    default NameLookup names(NameLookup names) {
        return names;
    }

    default Connector connector(Connector connector) {
        return connector;
    }
}
