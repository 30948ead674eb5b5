package io.socksgateway.cluster;

import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaOutcome.Granted;
import io.socksgateway.core.bus.QuotaOutcome.Refused;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.store.Meters;
import io.socksgateway.core.store.QuotaStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Which session holds which counters. A session is counted under all quotas that concern it or under none, and gives all
 * back once, also if it ends before the last of them has answered.
 *
 * <p>Only sessions that hold something or are being granted are remembered. Confined to its event loop.
 */
final class SessionLedger {

    private List<QuotaRule> rules;
    private final QuotaStore node;
    private final QuotaStore cluster;
    private final Meters meters;
    private final Executor loop;
    private final SparseLog log;
    private final Map<String, Holding> holdings = new HashMap<>();

    /**
     * @param node counts of quotas of the node
     * @param cluster counts of quotas of the cluster
     * @param meters octets, of both
     * @param loop the event loop of ledger and meters; stores may answer on any thread
     */
    SessionLedger(
            List<QuotaRule> rules, QuotaStore node, QuotaStore cluster, Meters meters, Executor loop, SparseLog log) {
        this.rules = List.copyOf(rules);
        this.node = node;
        this.cluster = cluster;
        this.meters = meters;
        this.loop = loop;
        this.log = log;
    }

    /** One counter that a session wants to be in, or to have octets from. */
    private record Claim(
            QuotaRule rule,
            String counter,
            QuotaStore store,
            @Nullable TrafficLimit traffic) {

        Future<Boolean> take(Meters.Claim octets) {
            return traffic == null
                    ? store.acquire(counter, rule.sessions())
                    : octets.traffic(rule, traffic, rule.trafficCounter(counter), store);
        }

        void giveBack() {
            if (traffic == null) {
                store.release(counter);
            }
        }

        String refusal() {
            return counter + ": limit of " + (traffic == null ? rule.sessions() : traffic) + " reached";
        }
    }

    private static final class Holding {
        private final String session;
        private final List<Claim> claims;
        private final List<String> quotas;
        private final Meters.Claim octets;
        private final Map<Claim, Future<Boolean>> asked = new HashMap<>();
        private final Promise<QuotaOutcome> outcome = Promise.promise();
        private int taken;
        private boolean released;

        Holding(String session, List<Claim> claims, List<String> quotas, Meters.Claim octets) {
            this.session = session;
            this.claims = claims;
            this.quotas = quotas;
            this.octets = octets;
        }

        boolean complete() {
            return taken == claims.size();
        }
    }

    /**
     * Counts the sessions that come from now on under other rules; those that are counted stay under theirs, but share with
     * the new ones what a quota of the same name lets them move.
     */
    void use(List<QuotaRule> others) {
        rules = List.copyOf(others);
        meters.use(rules);
    }

    /** Never fails but for a session that is already counted. If a store cannot tell, the answer is no. */
    Future<QuotaOutcome> acquire(QuotaRequest request) {
        Holding holding = holding(request);
        if (holding.quotas.isEmpty()) {
            return Future.succeededFuture(new Granted(List.of()));
        }
        if (holdings.putIfAbsent(request.session(), holding) != null) {
            holding.octets.close();
            return Future.failedFuture(
                    new IllegalStateException("session: " + request.session() + " (expected: one not yet counted)"));
        }
        askForTraffic(holding);
        proceed(holding);
        return holding.outcome.future();
    }

    /**
     * Sessions are counted under one quota after the other, as what a later one refuses must not have kept others out of an
     * earlier one meanwhile. What is left of a traffic is asked for beside that: it takes nothing away that does not come back.
     */
    private static void askForTraffic(Holding holding) {
        for (Claim claim : holding.claims) {
            if (claim.traffic() != null) {
                holding.asked.put(claim, take(holding, claim));
            }
        }
    }

    private static Future<Boolean> take(Holding holding, Claim claim) {
        // inside, so that a store that throws has failed like any other
        return Future.succeededFuture().compose(start -> claim.take(holding.octets));
    }

    /** Gives back what the session holds; if it is still being granted, as soon as that is over. */
    void release(String session) {
        Holding holding = holdings.get(session);
        if (holding == null) {
            return;
        }
        holding.released = true;
        if (holding.complete()) {
            giveBack(holding);
        }
    }

    /** How many sessions hold something or are being granted. */
    int size() {
        return holdings.size();
    }

    private Holding holding(QuotaRequest request) {
        List<Claim> sessions = new ArrayList<>();
        List<Claim> traffic = new ArrayList<>();
        List<String> quotas = new ArrayList<>();
        Meters.Claim octets = meters.claim();
        for (QuotaRule rule : rules) {
            QuotaStore store = rule.scope() == QuotaScope.NODE ? node : cluster;
            for (String counter : rule.countersOf(request.subject())) {
                if (rule.limitsSessions()) {
                    sessions.add(new Claim(rule, counter, store, null));
                }
                if (rule.traffic() != null) {
                    traffic.add(new Claim(rule, counter, store, rule.traffic()));
                }
                octets.bandwidth(rule, counter, store);
                quotas.add(rule.name());
            }
        }
        sessions.addAll(traffic);
        return new Holding(
                request.session(), sessions, quotas.stream().distinct().toList(), octets);
    }

    private void proceed(Holding holding) {
        if (holding.complete()) {
            holding.outcome.complete(new Granted(holding.quotas, holding.octets.allowance()));
        } else {
            takeNext(holding);
        }
    }

    private void takeNext(Holding holding) {
        Claim claim = holding.claims.get(holding.taken);
        Future<Boolean> asked = holding.asked.remove(claim);
        (asked == null ? take(holding, claim) : asked)
                .onComplete((granted, failure) -> loop.execute(() -> answered(holding, claim, granted, failure)));
    }

    private void answered(Holding holding, Claim claim, Boolean granted, Throwable failure) {
        if (failure != null) {
            log.warn("quota " + claim.rule().name() + " cannot be counted, sessions are refused", failure);
            refuse(holding, claim, "store: " + failure.getMessage());
        } else if (!granted) {
            refuse(holding, claim, claim.refusal());
        } else {
            holding.taken++;
            taken(holding, claim);
        }
    }

    private void taken(Holding holding, Claim claim) {
        if (holding.released) {
            refuse(holding, claim, "session ended before it was counted");
        } else {
            proceed(holding);
        }
    }

    private void refuse(Holding holding, Claim claim, String detail) {
        giveBack(holding);
        holding.outcome.complete(new Refused(claim.rule().name(), detail));
    }

    private void giveBack(Holding holding) {
        holdings.remove(holding.session);
        holding.claims.subList(0, holding.taken).forEach(Claim::giveBack);
        holding.octets.close();
    }
}
