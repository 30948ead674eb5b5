package io.socksgateway.deploy.admin;

import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.config.TlsConfig;
import io.socksgateway.core.tcp.TlsFilesVerticle;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves the admin endpoint. Health needs no token, nor does the console, which knows nothing without one; everything else
 * does.
 *
 * <p>Requests are small: the line, the header and a body are limited, and so are the connections.
 */
public final class AdminVerticle extends VerticleBase {

    private static final int MAX_LINE = 4_096;
    private static final int MAX_HEADER = 16_384;

    /** No request of this API has a body that means anything. */
    private static final long MAX_BODY = 4_096;

    private static final int MAX_CONNECTIONS = 128;

    /** A connection is idle too while its request waits for the answer, longest for that of a reload. */
    private static final int IDLE_SECONDS = (int) Operations.RELOAD_SECONDS + 30;

    /** Milliseconds for the first request to be complete, of a connection that has not had the token. */
    private static final long PATIENCE = 10_000;

    /** The same for each after that: who checks the health every minute may keep its connection. */
    private static final long NEXT_PATIENCE = 65_000;

    private final AdminConfig config;
    private final AdminServices services;
    private final long period;
    private final AuditLog audit = new AuditLog();
    private final BearerToken token;
    private @Nullable HttpServer server;
    private volatile @Nullable AdminTls secured;

    public AdminVerticle(AdminConfig config, AdminServices services) {
        this(config, services, TlsFilesVerticle.PERIOD);
    }

    /**
     * The same at another pace.
     *
     * @param period milliseconds from one look at the files of its certificate to the next
     */
    public AdminVerticle(AdminConfig config, AdminServices services, long period) {
        this.config = config;
        this.services = services;
        this.period = period;
        this.token = new BearerToken(config.token());
    }

    /** A key takes long to be made ready, so not on the event loop. */
    @Override
    public Future<?> start() {
        TlsConfig tls = config.tls();
        return vertx.executeBlocking(() -> tls == null ? options() : AdminTls.over(options(), tls))
                .compose(options -> listen(options, tls));
    }

    private Future<?> listen(HttpServerOptions options, @Nullable TlsConfig tls) {
        AdminConnections connections = new AdminConnections(vertx, MAX_CONNECTIONS, PATIENCE, NEXT_PATIENCE);
        HttpServer http = vertx.createHttpServer(options)
                .connectionHandler(connections::admit)
                .invalidRequestHandler(Answers::malformed)
                .requestHandler(router(connections));
        server = http;
        AdminTls own = tls == null ? null : new AdminTls(http, tls);
        secured = own;
        return http.listen()
                .recover(failure -> Future.failedFuture("admin: cannot listen on %s port %d: %s"
                        .formatted(config.host(), config.port(), failure.getMessage())))
                .compose(listening -> own == null
                        ? Future.succeededFuture()
                        : vertx.deployVerticle(new TlsFilesVerticle("admin", own, period)));
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADER)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private Router router(AdminConnections connections) {
        Router router = Router.router(vertx);
        for (int status : new int[] {400, 401, 403, 404, 405, 413, 414, 415, 500}) {
            router.errorHandler(status, Answers::failure);
        }
        router.route().handler(SecurityHeaders::addTo).failureHandler(Answers::failure);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.route().handler(connections::asks);
        router.route().handler(audit); // of whole requests: by half of one nothing was done
        open().addTo(router);
        router.route().handler(new OriginGuard(config.token() != null));
        router.route().handler(token);
        router.route().handler(connections::hasToken);
        router.route().handler(AdminVerticle::refuseBody);
        guarded().addTo(router);
        return router;
    }

    /** What somebody has sent for a reason is not to be ignored: a configuration for a reload, for instance. */
    private static void refuseBody(RoutingContext request) {
        HttpServerRequest http = request.request();
        String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean announced =
                http.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
        if (announced || request.body().length() > 0) {
            request.fail(415);
        } else {
            request.next();
        }
    }

    private Endpoints open() {
        Endpoints endpoints = new Endpoints();
        new HealthRoutes(services.readiness(), services.stuckLoops()).addTo(endpoints);
        new ConsoleRoute().addTo(endpoints);
        return endpoints;
    }

    private Endpoints guarded() {
        Endpoints endpoints = new Endpoints();
        new DocumentRoute().addTo(endpoints);
        new MetricsRoute(services.metrics()).addTo(endpoints);
        new NodeRoutes(services.nodes()).addTo(endpoints);
        new SessionRoutes(services.sessions()).addTo(endpoints);
        new QuotaRoutes(services.quotas(), services.quotaNames()).addTo(endpoints);
        new BanRoutes(services.bans()).addTo(endpoints);
        new OperationRoutes(services.operations(), services.self()).addTo(endpoints);
        new ExplainRoute(services.explainer()).addTo(endpoints);
        new ConfigRoute(services.configuration()).addTo(endpoints);
        return endpoints;
    }

    /** Asks for another token from now on; whether it asks for one at all cannot change. Thread-safe. */
    public void use(@Nullable Secret another) {
        if (config.token() != null && another != null) {
            token.use(another);
        }
    }

    /** Requests that were refused for their token or their origin. Thread-safe. */
    public long refused() {
        return audit.refused();
    }

    /** What it shows now, or null without TLS. Thread-safe. */
    public @Nullable TlsConfig certificate() {
        AdminTls own = secured;
        return own == null ? null : own.config();
    }

    /** The port that it serves on, once it is deployed. */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }
}
