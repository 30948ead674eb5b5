package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.Terminal;
import io.socksgateway.deploy.Terminal.Outcome;
import io.socksgateway.testkit.ClosedPort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands make of the answers that a gateway in trouble gives, or none. */
class CommandAnswersIT {

    private FakeEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = FakeEndpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private Outcome run(String... arguments) {
        return at(endpoint.base(), arguments);
    }

    private static Outcome at(URI base, String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--admin", base.toString()));
        return Terminal.run(line.toArray(String[]::new));
    }

    private static JsonArray silent(Outcome outcome) {
        return new JsonObject(outcome.out()).getJsonArray("silent");
    }

    /** That the last one has answered again makes the list no more complete. */
    @Test
    void whoWasSilentOnAnyPageIsNamed() {
        for (int i = 0; i < 2; i++) {
            endpoint.answer(
                            "GET sessions?limit=1000",
                            200,
                            "{'sessions': [], 'total': 2, 'next': 'a', 'silent': ['edge-2']}")
                    .answer(
                            "GET sessions?limit=1000&after=a",
                            200,
                            "{'sessions': [], 'total': 2, 'next': 'b', 'silent': ['edge-3', 'edge-2']}")
                    .answer("GET sessions?limit=1000&after=b", 200, "{'sessions': [], 'total': 2, 'silent': []}")
                    .answer("GET quotas?limit=1000&quota=q+q", 200, "{'use': [], 'next': 'a/b', 'silent': ['edge-2']}")
                    .answer("GET quotas?limit=1000&quota=q+q&after=a%2Fb", 200, "{'use': [], 'silent': []}");
        }

        assertThat(run("sessions", "--limit", "0").err()).contains("warning: not answering: edge-2, edge-3");
        assertThat(silent(run("sessions", "--limit", "0", "--json"))).containsExactly("edge-2", "edge-3");
        assertThat(run("quotas", "--quota", "q q").err()).isEqualTo("warning: not answering: edge-2");
        assertThat(silent(run("quotas", "--quota", "q q", "--json"))).containsExactly("edge-2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kill --user alice                    | DELETE users/alice/sessions              | {'ended': 3, 'silent': ['edge-2']}
            kill --client 192.0.2.0/24           | DELETE clients/192.0.2.0%2F24/sessions   | {'ended': 3, 'silent': ['edge-2']}
            bans --lift-user alice               | DELETE users/alice/bans                  | {'lifted': ['a'], 'silent': ['edge-2']}
            bans --lift a                        | DELETE bans/a                            | {'lifted': ['a'], 'silent': ['edge-2']}
            quotas --reset --quota q --subject s | DELETE quotas/q/traffic?subject=s        | {'forgiven': 1, 'silent': ['edge-2']}
            """)
    void whatWasNotDoneOnAllNodesHasFailed(String command, String request, String answer) {
        endpoint.answer(request, 200, answer).answer(request, 200, answer.replace("'edge-2'", ""));
        endpoint.answer(request, 200, answer);

        Outcome partial = run(command.split(" ", -1));
        assertThat(partial.exitCode()).isEqualTo(1);
        assertThat(partial.out()).isIn("3 sessions ended", "1 ban lifted", "reset");
        assertThat(partial.err()).contains("not answering: edge-2").doesNotContain("\tat ");

        Outcome whole = run(command.split(" ", -1));
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.err()).isEmpty();

        Outcome json = run((command + " --json").split(" ", -1));
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(silent(json)).containsExactly("edge-2");
    }

    /** It was on one node, and that has answered. */
    @Test
    void aSessionThatWasEndedIsEndedWhoeverElseIsSilent() {
        endpoint.answer("DELETE sessions/a", 200, "{'ended': 1, 'silent': ['edge-2']}");

        assertThat(run("kill", "a")).isEqualTo(new Outcome(0, "1 session ended", ""));
    }

    @Test
    void withJsonARefusalIsADocumentToo() throws Exception {
        String problem = "{'type': 'about:blank', 'title': 'Unprocessable Content', 'status': 422,"
                + " 'detail': 'Not applied.', 'errors': ['rules[0].to: 7']}";
        endpoint.answer("POST reload", 422, problem).answer("POST reload", 422, problem);
        endpoint.answer("GET nodes", 200, "<html>");

        assertThat(run("reload")).isEqualTo(new Outcome(1, "", "rules[0].to: 7\nNot applied."));
        Outcome refused = run("reload", "--json");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(new JsonObject(refused.out())).isEqualTo(new JsonObject(problem.replace('\'', '"')));
        assertThat(refused.err()).isEqualTo("rules[0].to: 7\nNot applied.");

        Outcome closed = at(URI.create("http://127.0.0.1:" + ClosedPort.port()), "nodes", "--json");
        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(new JsonObject(closed.out()).getString("detail")).contains("the connection is refused");
        assertThat(new JsonObject(run("nodes", "--json").out()).getString("detail"))
                .contains("is no admin endpoint");
    }

    @Test
    void drainFollowsUntilNobodyIsThereTwice() {
        endpoint.answer("POST drain", 202, "{'node': 'edge-1', 'state': 'draining', 'sessions': 2}")
                .end("GET nodes")
                .answer("GET nodes", 200, node("draining", 1))
                .end("GET nodes")
                .end("GET nodes");

        Outcome outcome = run("drain");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly("edge-1: draining, 2 sessions left", "edge-1: 1 session left", "edge-1: stopped");
        assertThat(endpoint.requests()).hasSize(5);
    }

    /** As a supervisor starts it. */
    @Test
    void drainDoesNotFollowTheNextOneOfThatName() {
        endpoint.answer("POST drain", 202, "{'node': 'edge-1', 'state': 'draining', 'sessions': 0}")
                .end("GET nodes")
                .answer("GET nodes", 200, node("ready", 0));

        assertThat(run("drain", "--json").out()).contains("\"stopped\"");
        assertThat(endpoint.requests()).hasSize(3);
    }

    /** A supervisor may be quick, and the next one be called otherwise. */
    @Test
    void drainFollowsNoOtherThoughNobodySawItGo() {
        endpoint.answer("POST drain", 202, "{'node': 'edge-1', 'state': 'draining', 'sessions': 0}")
                .answer("GET nodes", 200, node("starting", 0));
        assertThat(run("drain").out()).endsWith("edge-1: stopped");
        assertThat(endpoint.requests()).hasSize(2);

        endpoint.answer("POST drain", 202, "{'node': 'edge-1', 'state': 'draining', 'sessions': 0}")
                .answer("GET nodes", 200, "{'nodes': [], 'silent': ['edge-1']}")
                .answer("GET nodes", 200, node("ready", 0).replace("edge-1", "edge-2"))
                .answer("GET nodes", 200, "{'nodes': [], 'silent': ['edge-1']}")
                .answer("GET nodes", 200, node("ready", 0).replace("edge-1", "edge-2"))
                .answer("GET nodes", 200, "{'nodes': [], 'silent': []}");
        assertThat(run("drain").out()).endsWith("edge-1: stopped");
        assertThat(endpoint.requests()).hasSize(8);
    }

    private static String node(String state, int sessions) {
        return "{'nodes': [{'name': 'edge-1', 'state': '%s', 'sessions': %d}], 'silent': []}"
                .formatted(state, sessions);
    }
}
