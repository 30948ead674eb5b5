package io.socksgateway.deploy.remote;

import io.netty.channel.ConnectTimeoutException;
import io.socksgateway.core.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks an admin endpoint. Its methods block, and are not for threads of Vert.x.
 *
 * <p>Thread-safe.
 */
public final class AdminClient {

    private static final int CONNECT_MILLIS = 5_000;
    private static final long ANSWER_SECONDS = 30;
    private static final String UNDER_WAY = "It may be done yet: the gateway's log says.";
    private static final String TLS_HINT =
            "--ca FILE names the CA of the gateway's certificate; --cert and --key show one of your own.";

    private final AdminAddress address;
    private final int connectMillis;
    private final HttpClient http;

    public AdminClient(Vertx vertx, AdminAddress address) {
        this(vertx, address, CONNECT_MILLIS);
    }

    /**
     * The same with another patience.
     *
     * @param connectMillis milliseconds for a connection to be made
     */
    AdminClient(Vertx vertx, AdminAddress address, int connectMillis) {
        this.address = address;
        this.connectMillis = connectMillis;
        this.http = vertx.createHttpClient(options(address, connectMillis));
    }

    private static HttpClientOptions options(AdminAddress address, int connectMillis) {
        HttpClientOptions options = new HttpClientOptions()
                .setDefaultHost(address.host())
                .setDefaultPort(address.port())
                .setConnectTimeout(connectMillis)
                .setSsl(address.isSecure());
        if (address.pinned() != null) {
            options.setTrustOptions(TrustOptions.wrap(new PinnedTrust(address.pinned())))
                    .setVerifyHost(false); // the certificate itself is known
        } else if (address.authorities() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(address.authorities().toString()));
        }
        if (address.certificate() != null && address.key() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertPath(address.certificate().toString())
                    .addKeyPath(address.key().toString()));
        }
        return options;
    }

    /** {@code GET}, below {@code /api/v1/}. */
    public JsonObject get(String path) throws AdminException {
        return call(HttpMethod.GET, path, ANSWER_SECONDS);
    }

    public JsonObject post(String path) throws AdminException {
        return post(path, ANSWER_SECONDS);
    }

    /**
     * {@code POST} of what may take its time.
     *
     * @param seconds to wait for an answer
     */
    public JsonObject post(String path, long seconds) throws AdminException {
        return call(HttpMethod.POST, path, seconds);
    }

    public JsonObject delete(String path) throws AdminException {
        return call(HttpMethod.DELETE, path, ANSWER_SECONDS);
    }

    private record Answer(int status, String body) {}

    private JsonObject call(HttpMethod method, String path, long seconds) throws AdminException {
        Answer answer;
        try {
            answer = send(method, "/api/v1/" + path).await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw silent("no answer in " + seconds + " s", method.equals(HttpMethod.GET) ? "" : UNDER_WAY);
        } catch (RuntimeException e) {
            throw unreachable(e);
        } catch (Exception e) { // as it was thrown where it failed, whatever the signature says
            throw unreachable(e);
        }
        return content(answer);
    }

    private Future<Answer> send(HttpMethod method, String path) {
        return http.request(method, path).compose(request -> {
            Secret token = address.token();
            if (token != null) {
                request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.value());
            }
            return request.send()
                    .compose(response -> response.body().map(body -> new Answer(response.statusCode(), text(body))));
        });
    }

    private static String text(Buffer body) {
        return body.toString();
    }

    private JsonObject content(Answer answer) throws AdminException {
        JsonObject body;
        try {
            body = answer.body().isEmpty() ? new JsonObject() : new JsonObject(answer.body());
        } catch (DecodeException e) {
            throw AdminException.noAnswer(
                    List.of("What answers at " + address.base() + " is no admin endpoint of SOCKS Gateway (status "
                            + answer.status() + ")."),
                    false);
        }
        if (answer.status() < 300) {
            return body;
        } else if (answer.status() == 401) {
            String which = address.token() == null ? "wants a token: give --token-file" : "refuses the token";
            throw AdminException.refused(List.of("The gateway at " + address.base() + " " + which + "."), body);
        }
        List<String> lines = new ArrayList<>();
        body.getJsonArray("errors", new JsonArray()).forEach(error -> lines.add(String.valueOf(error)));
        lines.add(body.getString("detail", "status " + answer.status()));
        throw AdminException.refused(lines, body);
    }

    private AdminException unreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectTimeoutException) {
                return gone("no connection in " + connectMillis / 1_000 + " s", "");
            } else if (cause instanceof ConnectException) {
                return gone("the connection is refused", "Is the gateway running, and is that its section admin?");
            } else if (cause instanceof UnknownHostException) {
                return gone("there is no such host", "");
            } else if (cause instanceof NoSuchFileException missing) {
                return silent("there is no file " + missing.getMessage(), "");
            } else if (cause instanceof SSLException) {
                return isCutOff(cause)
                        ? gone("TLS fails: it ends the connection", TLS_HINT)
                        : silent("TLS fails: " + innermost(cause), TLS_HINT);
            }
        }
        if (failure instanceof IOException || failure instanceof HttpClosedException) {
            return gone("it ends the connection", address.isSecure() ? "" : "Does it want https?");
        }
        return silent(String.valueOf(failure.getMessage()), "");
    }

    /** Whether a handshake has failed because the connection ended, and not because of what was said in it. */
    private static boolean isCutOff(Throwable handshake) {
        for (Throwable cause = handshake; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof SSLException)) {
                return true;
            }
        }
        return false;
    }

    /** What wraps it only says that something failed. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private AdminException silent(String why, String hint) {
        return AdminException.noAnswer(lines(why, hint), false);
    }

    private AdminException gone(String why, String hint) {
        return AdminException.noAnswer(lines(why, hint), true);
    }

    private List<String> lines(String why, String hint) {
        String first = "No answer from " + address.base() + ": " + why + ".";
        return hint.isEmpty() ? List.of(first) : List.of(first, hint);
    }
}
