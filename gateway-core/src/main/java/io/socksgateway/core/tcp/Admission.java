package io.socksgateway.core.tcp;

import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.ClientNetwork;
import io.socksgateway.core.quota.QuotaSubject;
import io.socksgateway.core.relay.RelayVerticle;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionInfo;
import io.socksgateway.core.session.Step;
import io.socksgateway.core.wire.Command;
import io.vertx.core.AsyncResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on a complete request: rules on what is asked for → quotas → room on this node → hand-over to the
 * relay of the loop.
 *
 * <p>Confined to its event loop.
 */
final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final ClientConnection connection;
    private final HandshakeServices services;
    private final Step.Open open;
    private final Identity identity;
    private @Nullable String rule;
    private @Nullable String refusingQuota;

    Admission(ClientConnection connection, HandshakeServices services, Step.Open open, Identity identity) {
        this.connection = connection;
        this.services = services;
        this.open = open;
        this.identity = identity;
    }

    Command command() {
        return open.command();
    }

    /** The rule that has refused, if one has. */
    @Nullable
    String rule() {
        return rule;
    }

    /** The quota that has refused, if one has. */
    @Nullable
    String refusingQuota() {
        return refusingQuota;
    }

    void start() {
        SessionInfo info = info(List.of(), Allowance.unlimited());
        Verdict verdict = open.command() == Command.UDP
                ? services.rules().decideAnywhere(info.subject()) // its destination is where the client sends from
                : services.rules().decide(info.subject(), open.request().destination());
        if (verdict.refused()) {
            rule = verdict.rule();
            connection.refuse(Failure.DENIED);
        } else if (services.countsSessions()) {
            askQuotas();
        } else {
            handOver(info);
        }
    }

    private void askQuotas() {
        QuotaSubject subject = new QuotaSubject(
                identity.user(),
                identity.groups(),
                ClientNetwork.of(connection.client().getAddress()),
                connection.listener(),
                identity.quota());
        services.quotas().acquire(new QuotaRequest(connection.id(), subject)).onComplete(this::quotasAnswered);
    }

    private void quotasAnswered(AsyncResult<QuotaOutcome> answer) {
        if (answer.result() instanceof QuotaOutcome.Granted granted) {
            if (connection.hasEnded()) {
                services.quotas().release(connection.id());
            } else {
                handOver(info(granted.quotas(), granted.allowance()));
            }
        } else if (answer.result() instanceof QuotaOutcome.Refused refused) {
            LOG.debug("{} refused by quota {}: {}", connection.id(), refused.quota(), refused.detail());
            refusingQuota = refused.quota();
            refuse(Failure.QUOTA);
        } else {
            LOG.warn(
                    "{} refused, as the quotas did not answer: {}",
                    connection.id(),
                    answer.cause().getMessage());
            services.quotas().release(connection.id()); // it may have been granted all the same
            refuse(Failure.QUOTA);
        }
    }

    private SessionInfo info(List<String> quotas, Allowance allowance) {
        return new SessionInfo(
                connection.id(),
                connection.listener(),
                connection.client(),
                identity,
                open.request(),
                open.command(),
                quotas,
                allowance,
                connection.startNanos());
    }

    /** Until the acknowledgement the socket, the input and the grant are ours; from then on, the relay's. */
    private void handOver(SessionInfo info) {
        if (!connection.place().begin(open.command())) {
            if (!info.quotas().isEmpty()) {
                services.quotas().release(connection.id());
            }
            connection.refuse(Failure.FULL);
            return;
        }
        String loop = RelayVerticle.loopName(connection.channel().eventLoop());
        OpenSession message =
                new OpenSession(info, connection.channel(), connection.handOver(), connection.encapsulation());
        services.relays().open(loop, message).onComplete(answer -> {
            if (answer.succeeded()) {
                connection.handedOver();
            } else {
                LOG.error(
                        "{} could not be handed over: {}",
                        connection.id(),
                        answer.cause().getMessage());
                services.quotas().release(connection.id());
                refuse(Failure.LOCAL);
            }
        });
    }

    private void refuse(Failure failure) {
        if (!connection.hasEnded()) {
            connection.refuse(failure);
        }
    }
}
