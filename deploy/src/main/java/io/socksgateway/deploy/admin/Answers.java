package io.socksgateway.deploy.admin;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How requests are answered: JSON, or a problem document. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static void json(RoutingContext request, JsonObject answer) {
        json(request, 200, answer);
    }

    static void json(RoutingContext request, int status, JsonObject answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        send(response, answer.encode());
    }

    static void text(RoutingContext request, String mediaType, String text) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
        send(response, text);
    }

    /** Answers with what comes of it, or with why nothing does. */
    static void json(RoutingContext request, Future<JsonObject> answer) {
        answer.onComplete(json -> json(request, json), request::fail);
    }

    /** The answer to a request that has failed, for whatever reason. */
    static void failure(RoutingContext request) {
        Throwable failure = request.failure();
        if (failure instanceof ProblemException known) {
            problem(request.response(), known.problem());
            return;
        }
        int status = request.statusCode();
        if (status < 0 || status >= 500) {
            LOG.error(
                    "{} {} failed",
                    request.request().method(),
                    request.request().path(),
                    failure);
        }
        problem(request.response(), Problem.of(status < 0 ? 500 : status));
    }

    /** The answer to what is no request of HTTP. */
    static void malformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        problem(request.response().putHeader(HttpHeaders.CONNECTION, "close"), Problem.of(status));
        Future<Void> unused = request.connection().close();
    }

    private static void problem(HttpServerResponse response, Problem problem) {
        if (response.ended()) {
            return;
        }
        SecurityHeaders.addTo(response); // also where routing itself has failed
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"socks-gateway\"");
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        send(response, problem.json().encode());
    }

    /** Who leaves before the answer is there needs none. */
    private static void send(HttpServerResponse response, String body) {
        if (!response.closed()) {
            Future<Void> unused = response.end(body);
        }
    }
}
