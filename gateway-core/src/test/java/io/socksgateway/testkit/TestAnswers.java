package io.socksgateway.testkit;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.bus.IdentRequest;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.session.MethodAnswer;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** What a gateway is answered by those who are not there in a test: nobody is known, and no quota concerns anybody. */
final class TestAnswers {

    Function<AuthRequest, Future<AuthOutcome>> authenticator =
            request -> Future.succeededFuture(new AuthOutcome.Rejected("nobody"));
    Function<ExchangeRequest, Future<MethodAnswer>> exchange = request -> Future.failedFuture("nobody");
    Function<IdentRequest, Future<IdentOutcome>> identd =
            request -> Future.succeededFuture(new IdentOutcome.Unavailable("none"));
    Function<GssRequest, Future<GssOutcome>> gss =
            request -> Future.succeededFuture(new GssOutcome.NoContext("nobody"));
    Function<QuotaRequest, Future<QuotaOutcome>> quotas =
            request -> Future.succeededFuture(new QuotaOutcome.Granted(List.of()));

    /** Begins to answer. */
    void serve(GatewayBus bus) {
        bus.answer(BusAddresses.AUTHENTICATE, authenticator);
        bus.answer(BusAddresses.ACCEPT_CONTEXT, gss);
        bus.answer(BusAddresses.EXCHANGE, exchange);
        bus.answer(BusAddresses.IDENTIFY, identd);
        bus.answer(BusAddresses.ACQUIRE, quotas);
    }
}
