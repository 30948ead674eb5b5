package io.socksgateway.deploy.admin;

import io.socksgateway.deploy.explain.Explainer;
import io.socksgateway.deploy.explain.Explanation;
import io.socksgateway.deploy.explain.QuestionText;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/v1/explain?to=HOST:PORT&from=ADDRESS&user=&group=&command=&listener=}. */
record ExplainRoute(Explainer explainer) {

    void addTo(Endpoints endpoints) {
        endpoints.get("/api/v1/explain", this::explain, "to", "from", "user", "group", "command", "listener");
    }

    private void explain(RoutingContext request) {
        Parameters parameters = Parameters.of(request);
        QuestionText text = new QuestionText(
                parameters.required("to"),
                parameters.optional("from"),
                parameters.optional("user"),
                parameters.all("group"),
                parameters.optional("command"),
                parameters.optional("listener"));
        Future<Explanation> explanation;
        try {
            explanation = explainer.explain(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badRequest(String.valueOf(e.getMessage())));
        }
        Answers.json(request, explanation.map(Explanation::json));
    }
}
