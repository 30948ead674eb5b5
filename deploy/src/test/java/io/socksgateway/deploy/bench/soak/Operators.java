package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.load.Target;
import io.socksgateway.deploy.bench.server.SoakedGateway;
import io.vertx.core.json.JsonArray;
import java.io.IOException;

/** What operators do: end sessions, and have the configuration read again, be it good or bad. */
final class Operators {

    private final Gateway gateway;
    private int reloads;

    Operators(Gateway gateway) {
        this.gateway = gateway;
    }

    private Talk victim() throws IOException {
        Talk talk = gateway.loggedIn(SoakedGateway.VICTIM);
        talk.ask(Talk.CONNECT, gateway.echo()).agreed();
        talk.send(Target.ECHO).echo(new byte[] {1});
        return talk;
    }

    /** One at a time with those that end all of the user, or they would be taken for one's own work. */
    synchronized void kill() throws IOException, InterruptedException {
        try (Talk talk = victim()) {
            JsonArray found = gateway.admin()
                    .json("/api/v1/sessions?user=" + SoakedGateway.VICTIM)
                    .getJsonArray("sessions");
            if (found.isEmpty()) {
                throw new Surprise("the session is not in the list");
            }
            for (int i = 0; i < found.size(); i++) {
                // one that ended by itself meanwhile is not found
                int unused = gateway.admin()
                        .status(
                                "DELETE",
                                "/api/v1/sessions/" + found.getJsonObject(i).getString("id"));
            }
            talk.gone();
        }
    }

    synchronized void killUser() throws IOException, InterruptedException {
        try (Talk one = victim();
                Talk other = victim()) {
            int status = gateway.admin().status("DELETE", "/api/v1/users/" + SoakedGateway.VICTIM + "/sessions");
            if (status != 200) {
                throw new Surprise("status " + status + " instead of 200");
            }
            one.gone();
            other.gone();
        }
    }

    /** Each time something is different, and the old is gone. */
    synchronized void reload() throws IOException, InterruptedException {
        String now = gateway.kind().configuration();
        String rule = "{ \"id\": \"reload-%d\", \"action\": \"deny\", \"to\": [\"192.0.2.%d\"] }, "
                .formatted(reloads, reloads % 250 + 1);
        String without = now.replaceFirst("\\{ \"id\": \"reload-[^}]*}, ", "");
        gateway.kind().configure(without.replaceFirst("(\"rules\": \\[ )", "$1" + rule));
        reloads++;
        expect(200);
    }

    /** The nonsense is refused, and what was there before goes on. */
    synchronized void reloadNonsense() throws IOException, InterruptedException {
        String good = gateway.kind().configuration();
        gateway.kind().configure(reloads % 2 == 0 ? good.replace("\"rules\"", "\"rulez\"") : good.substring(20));
        try {
            expect(422);
        } finally {
            gateway.kind().configure(good);
        }
    }

    private void expect(int status) throws IOException, InterruptedException {
        int answer = gateway.admin().status("POST", "/api/v1/reload");
        if (answer != status) {
            throw new Surprise("a reload answers " + answer + " instead of " + status);
        }
    }
}
