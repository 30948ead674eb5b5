package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a packaged gateway's admin endpoint answers. */
final class AdminCalls {

    private static final Pattern ENDPOINT = Pattern.compile(" admin on (http://\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    private AdminCalls(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Of one that has told where it listens. */
    static AdminCalls of(PackagedGateway gateway, String token) {
        Matcher line = ENDPOINT.matcher(gateway.log().text());
        assertThat(line.find()).isTrue();
        return new AdminCalls(URI.create(line.group(1)), token);
    }

    HttpResponse<String> send(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The value of a sample of the metrics, named with its labels. */
    double metric(String sample) {
        String text = send("GET", "/metrics").body();
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + sample + " in\n" + text));
    }
}
