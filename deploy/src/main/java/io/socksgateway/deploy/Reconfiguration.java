package io.socksgateway.deploy;

import io.socksgateway.auth.AuthVerticle;
import io.socksgateway.cluster.QuotaVerticle;
import io.socksgateway.core.config.DnsConfig;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.net.dns.DnsNames;
import io.socksgateway.core.relay.LiveSessionsVerticle;
import io.socksgateway.core.relay.RelayServices;
import io.socksgateway.core.relay.RelayVerticle;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.tcp.HandshakeServices;
import io.socksgateway.core.tcp.Listening;
import io.socksgateway.core.tcp.ServerTls;
import io.socksgateway.core.tcp.TlsFilesVerticle;
import io.socksgateway.udp.UdpAssociationVerticle;
import io.socksgateway.udp.UdpServices;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Puts another configuration in force: first all that can fail is made beside what is there, then it takes its place. If
 * something fails, what was made is taken away again and nothing has changed.
 *
 * <p>Handshakes that are under way end as they have begun, with the authenticators that they have begun with; rules hold for
 * all from the moment on.
 *
 * <p>Used once.
 */
final class Reconfiguration {

    private final Wiring wiring;
    private final Verticles verticles;
    private final UsageKeeping usage;
    private final InForce before;
    private final LoadedConfig.Valid loaded;
    private final GatewayConfig after;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** The verticles that learn of it. */
    record Verticles(
            PerLoop<RelayVerticle> relays,
            PerLoop<UdpAssociationVerticle> associations,
            Listening listening,
            QuotaVerticle quotas,
            LiveSessionsVerticle sessions,
            TlsFilesVerticle tlsFiles) {}

    /**
     * What has come of it.
     *
     * @param ended sessions that the rules do not allow any more
     */
    record Outcome(InForce now, int opened, int closed, int ended) {}

    Reconfiguration(Wiring wiring, Verticles verticles, UsageKeeping usage, InForce before, LoadedConfig.Valid loaded) {
        this.wiring = wiring;
        this.verticles = verticles;
        this.usage = usage;
        this.before = before;
        this.loaded = loaded;
        this.after = loaded.config();
    }

    /** Fails with what is wrong, and has changed nothing then. */
    Future<Outcome> apply() {
        return checkEgress()
                .compose(right -> names())
                .compose(names -> tls().compose(
                                tls -> sockets().compose(change -> usage.begin(wiring.vertx(), before.config(), after)
                                        .compose(begun -> authentication())
                                        .compose(authentication -> {
                                            UdpServices udp = before.udp().with(after.udp(), after.egress());
                                            return commit(new InForce(loaded, names, tls, udp, authentication), change);
                                        }))))
                .onFailure(cause -> undo.forEach(Runnable::run));
    }

    private Future<?> checkEgress() {
        return wiring.vertx()
                .executeBlocking(() -> EgressAddresses.problem(after.egress().choices()))
                .compose(problem -> problem.isPresent()
                        ? Future.failedFuture("egress: " + problem.get())
                        : Future.succeededFuture());
    }

    private Future<DnsNames> names() {
        DnsConfig dns = after.dns();
        return dns.equals(before.config().dns())
                ? Future.succeededFuture(before.names())
                : DnsNames.open(wiring.vertx(), dns.servers(), dns.family(), dns.maxEntries(), wiring.lookups())
                        .onSuccess(opened -> undo.push(opened::close));
    }

    private Future<Map<String, ServerTls>> tls() {
        return wiring.vertx().executeBlocking(() -> ServerTls.of(after.listeners(), before.tls()));
    }

    private Future<Listening.Change> sockets() {
        return verticles
                .listening()
                .prepare(wiring.vertx(), after.listeners())
                .onSuccess(change -> undo.push(change::cancel));
    }

    /** The last of what can fail, as the one of before has then told what it knows of bans. */
    private Future<InForce.Authentication> authentication() {
        if (!concernsAuthentication()) {
            return Future.succeededFuture(before.authentication());
        }
        int generation = before.authentication().generation() + 1;
        AuthVerticle verticle = wiring.authenticators(after, generation);
        return wiring.vertx()
                .deployVerticle(verticle)
                .map(id -> new InForce.Authentication(generation, id, verticle, wiring.auth(after, generation)));
    }

    private boolean concernsAuthentication() {
        GatewayConfig old = before.config();
        return !old.auth().equals(after.auth())
                || old.timeouts().auth() != after.timeouts().auth();
    }

    private Future<Outcome> commit(InForce now, Listening.Change sockets) {
        undo.clear();
        return verticles
                .quotas()
                .use(after.quotas())
                .compose(counted -> claims(now))
                .compose(known -> {
                    RuleSet rules = new RuleSet(after.rules(), wiring.parts().listeners());
                    HandshakeServices handshakes =
                            wiring.handshake(after, now.authentication().client(), now.tls());
                    if (now.names() != before.names()) {
                        wiring.names().use(wiring.monitoring().names(now.names()));
                    }
                    wiring.parts().rules().replace(rules);
                    sockets.commit(handshakes);
                    verticles.tlsFiles().watch(now.tls());
                    verticles
                            .sessions()
                            .use(now.authentication().client(), after.auth().recheck());
                    AuthVerticle authenticators = now.authentication().verticle();
                    if (authenticators != before.authentication().verticle()) {
                        authenticators.succeed(before.authentication().verticle());
                    }
                    Logging.level(after.log().level());
                    retire(now);
                    return tellLoops(now)
                            .compose(told -> verticles.sessions().review(rules))
                            .map(ended -> new Outcome(now, sockets.opened(), sockets.closes(), ended));
                });
    }

    /** Authenticators that stay may choose among what there is now. */
    private Future<Void> claims(InForce now) {
        return now.authentication().verticle().use(Wiring.claims(after));
    }

    /** When this has succeeded, nobody works with the rules of before any more. */
    private Future<?> tellLoops(InForce now) {
        RelayServices relay = wiring.relay(after);
        List<Future<Void>> told = new ArrayList<>();
        verticles.relays().verticles().forEach(each -> told.add(each.use(relay)));
        verticles.associations().verticles().forEach(each -> told.add(each.use(now.udp())));
        return Future.join(told);
    }

    /**
     * What handshakes of before may still ask goes when the last of them is over; whom it has let in meanwhile is asked
     * about once more.
     */
    private void retire(InForce now) {
        long over = before.config().timeouts().handshake()
                + before.config().timeouts().auth();
        wiring.vertx().timer(over).onSuccess(tick -> {
            if (now.names() != before.names()) {
                before.names().close();
            }
            String old = before.authentication().deployment();
            if (!now.authentication().deployment().equals(old)) {
                wiring.vertx().undeploy(old).compose(gone -> verticles
                        .sessions()
                        .review(wiring.parts().rules().now()));
            }
        });
    }
}
