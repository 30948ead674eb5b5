package io.socksgateway.auth;

import io.socksgateway.auth.ldap.TrustedCertificates;
import io.socksgateway.core.config.HookConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.TrustOptions;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Posts JSON to a service, and takes nothing for an answer but a 200 with a body of bounded size. No redirect is followed.
 *
 * <p>Confined to its event loop.
 */
final class HookClient {

    static final int MAX_ANSWER = 64 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int OK = 200;

    private final Vertx vertx;
    private final HttpClient client;
    private final RequestOptions post;
    private final long timeout;

    HookClient(Vertx vertx, HookConfig config) {
        this.vertx = vertx;
        this.timeout = config.timeout();
        boolean tls = config.url().getScheme().equals("https");
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.timeout()))
                .setMaxHeaderSize(MAX_HEADERS)
                .setSsl(tls);
        if (tls) {
            options.setVerifyHost(true).setTrustOptions(TrustOptions.wrap(trust(config)));
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(config.concurrency()));
        this.post = request(config, tls);
    }

    private static TrustManager trust(HookConfig config) {
        for (TrustManager each : TrustedCertificates.of(config.trust()).getTrustManagers()) {
            if (each instanceof X509TrustManager) {
                return each;
            }
        }
        throw new IllegalStateException("every Java has a judge of X.509 certificates");
    }

    private static RequestOptions request(HookConfig config, boolean tls) {
        String path = config.url().getRawPath();
        String query = config.url().getRawQuery();
        int defaultPort = tls ? 443 : 80;
        String host = config.url().getHost();
        RequestOptions post = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .setPort(config.url().getPort() < 0 ? defaultPort : config.url().getPort())
                .setSsl(tls)
                .setURI((path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query))
                .setFollowRedirects(false);
        config.headers().forEach((name, value) -> post.putHeader(name, value.value()));
        return post.putHeader("content-type", "application/json").putHeader("accept", "application/json");
    }

    /**
     * Asks.
     *
     * @return fails with an {@link AuthException} that names what went wrong, and nothing of the answer
     */
    Future<Buffer> ask(Buffer question) {
        return attempt(question)
                .recover(failure -> failure instanceof HttpClosedException
                        // The service had closed a connection that nobody used, just then.
                        ? attempt(question)
                        : Future.failedFuture(failure));
    }

    private Future<Buffer> attempt(Buffer question) {
        return client.request(new RequestOptions(post)).compose(request -> {
            Promise<Buffer> answer = Promise.promise();
            long timer = vertx.setTimer(timeout, late -> {
                answer.tryFail(new AuthException("no answer in " + timeout + " ms"));
                boolean unused = request.reset().isComplete();
            });
            answer.future().onComplete(done -> vertx.cancelTimer(timer));
            request.send(question).onFailure(answer::tryFail).onSuccess(response -> read(request, response, answer));
            return answer.future();
        });
    }

    private static void read(HttpClientRequest request, HttpClientResponse response, Promise<Buffer> answer) {
        if (response.statusCode() != OK) {
            refuse(request, answer, "status " + response.statusCode() + " (expected: 200)");
            return;
        }
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.handler(part -> {
            if (body.length() + part.length() > MAX_ANSWER) {
                refuse(request, answer, "an answer of more than " + MAX_ANSWER + " octets");
            } else {
                body.appendBuffer(part);
            }
        });
        response.endHandler(end -> answer.tryComplete(body));
    }

    /** With the rest of what it has to say. */
    private static void refuse(HttpClientRequest request, Promise<Buffer> answer, String why) {
        boolean first = answer.tryFail(new AuthException(why));
        if (first) {
            boolean unused = request.reset().isComplete();
        }
    }

    void close() {
        boolean unused = client.close().isComplete();
    }
}
