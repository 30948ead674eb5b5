package io.socksgateway.deploy.admin;

import io.socksgateway.core.address.Cidr;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query. One that is not known is an error: a filter that is misspelt would otherwise match
 * everything.
 *
 * <p>Immutable.
 */
final class Parameters {

    private static final int MOST = 100;

    private final MultiMap values;

    private Parameters(MultiMap values) {
        this.values = values;
    }

    /**
     * Looks whether a request has others than are known there.
     *
     * @throws ProblemException if so
     */
    static void check(RoutingContext request, String... known) {
        if (!Set.of(known).containsAll(request.queryParams().names())) {
            throw new ProblemException(Problem.badRequest(
                    known.length == 0
                            ? "This takes no parameters."
                            : "There is no parameter of that name; known are " + String.join(", ", known) + "."));
        }
    }

    /** Those of a request. */
    static Parameters of(RoutingContext request) {
        return new Parameters(request.queryParams());
    }

    @Nullable
    String optional(String name) {
        List<String> all = values.getAll(name);
        if (all.size() > 1) {
            throw new ProblemException(Problem.badRequest("Parameter " + name + " is given more than once."));
        }
        return all.isEmpty() || all.get(0).isEmpty() ? null : all.get(0);
    }

    String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw new ProblemException(Problem.badRequest("Parameter " + name + " is missing."));
        }
        return value;
    }

    List<String> all(String name) {
        List<String> all = values.getAll(name);
        if (all.size() > MOST) {
            throw new ProblemException(Problem.badRequest("Parameter " + name + " is given too often."));
        }
        return List.copyOf(all);
    }

    /** A whole number, or the default. */
    int number(String name, int fallback, int least, int most) {
        String text = optional(name);
        if (text == null) {
            return fallback;
        }
        int value = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw new ProblemException(
                    Problem.badRequest("Parameter %s is no whole number from %d to %d.".formatted(name, least, most)));
        }
        return value;
    }

    /** Clients: those of an address, or of a range. */
    static Cidr range(String text) {
        return Cidr.parse(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.badRequest("A client is an address, as 192.0.2.7, or a range, as 192.0.2.0/24.")));
    }
}
