package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.result.Goal;
import io.socksgateway.deploy.bench.result.Measurement;
import io.socksgateway.deploy.bench.result.Outcome;
import io.socksgateway.deploy.bench.result.Results;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The results for programs: the goals, and every measurement. */
final class JsonReport {

    private final Plan plan;
    private final Machine machine;
    private final Results results;
    private final List<Outcome> outcomes;

    JsonReport(Plan plan, Machine machine, Results results, List<Outcome> outcomes) {
        this.plan = plan;
        this.machine = machine;
        this.results = results;
        this.outcomes = outcomes;
    }

    JsonObject json() {
        JsonArray goals = new JsonArray();
        outcomes.forEach(outcome -> goals.add(goal(outcome)));
        JsonArray measurements = new JsonArray();
        results.all().forEach(one -> measurements.add(measurement(one)));
        return new JsonObject()
                .put("date", machine.date())
                .put("machine", machine.toString())
                .put("seconds", plan.seconds())
                .put("repetitions", plan.repetitions())
                .put("goals", goals)
                .put("measurements", measurements);
    }

    private static JsonObject goal(Outcome outcome) {
        Goal goal = outcome.goal();
        JsonObject json = new JsonObject()
                .put("scenario", goal.scenario())
                .put("server", goal.server())
                .put("figure", goal.text())
                .put("must", goal.must())
                .put("aim", goal.aim())
                .put("higherIsBetter", goal.higherIsBetter())
                .put("base", outcome.base())
                .put("verdict", outcome.verdict().name().toLowerCase(Locale.ROOT));
        put(json, "value", outcome.value());
        put(json, "baseValue", outcome.baseValue());
        put(json, "ratio", outcome.ratio());
        return json;
    }

    private static void put(JsonObject json, String key, OptionalDouble value) {
        value.ifPresent(number -> json.put(key, number));
    }

    private static JsonObject measurement(Measurement one) {
        JsonObject json = new JsonObject()
                .put("server", one.server())
                .put("scenario", one.scenario())
                .put("repetition", one.repetition())
                .put("othersCores", one.others());
        one.figures().forEach((figure, value) -> json.put(figure.name().toLowerCase(Locale.ROOT), value));
        JsonObject faults = new JsonObject();
        one.faults().forEach((fault, times) -> faults.put(fault.name().toLowerCase(Locale.ROOT), times));
        return json.put("faults", faults);
    }
}
