package io.socksgateway.core.bus;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.session.MethodAnswer;
import io.socksgateway.core.session.Revocation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The event bus with the gateway's messages on it: what is common to the typed clients and to the verticles that answer
 * them. Everything here stays on the node.
 *
 * <p>Thread-safe.
 */
public final class GatewayBus {

    private static final List<Class<?>> MESSAGES = List.of(
            AuthRequest.class,
            AuthOutcome.Accepted.class,
            AuthOutcome.Rejected.class,
            GssRequest.class,
            GssOutcome.Continues.class,
            GssOutcome.Established.class,
            GssOutcome.NoContext.class,
            ExchangeRequest.class,
            MethodAnswer.Continue.class,
            MethodAnswer.Accepted.class,
            MethodAnswer.Rejected.class,
            IdentRequest.class,
            IdentOutcome.Confirmed.class,
            IdentOutcome.Unavailable.class,
            IdentOutcome.Mismatch.class,
            QuotaRequest.class,
            QuotaOutcome.Granted.class,
            QuotaOutcome.Refused.class,
            QuotaRelease.class,
            Revocation.class,
            StandingRequest.class,
            Standing.class,
            OpenSession.class);

    private final EventBus bus;
    private final String suffix;
    private final Map<Long, DeliveryOptions> requests = new ConcurrentHashMap<>();

    private GatewayBus(EventBus bus, String suffix) {
        this.bus = bus;
        this.suffix = suffix;
    }

    /** Registers the codecs: once for each Vert.x instance. */
    public static GatewayBus install(Vertx vertx) {
        EventBus bus = vertx.eventBus();
        MESSAGES.forEach(type -> register(bus, type));
        bus.codecSelector(body -> MESSAGES.contains(body.getClass()) ? LocalCodec.nameOf(body.getClass()) : null);
        return new GatewayBus(bus, "");
    }

    /**
     * The same bus for authenticators that are there beside those of before: their {@link #own} addresses differ.
     *
     * @param number of the generation, 0 for the first
     */
    public GatewayBus generation(int number) {
        return new GatewayBus(bus, number == 0 ? "" : "." + number);
    }

    /** An address as it is for the authenticators of this generation, and for those who ask them. */
    public String own(String address) {
        return address + suffix;
    }

    private static <T> void register(EventBus bus, Class<T> type) {
        bus.registerCodec(new LocalCodec<>(type));
    }

    /**
     * Asks the one who answers at the address; fails after the timeout in milliseconds, or if nobody is there, with a
     * message for the log.
     */
    <R> Future<R> ask(String address, Object question, long timeout) {
        return bus.<R>request(address, question, options(timeout))
                .transform(answer -> answer.succeeded()
                        ? Future.succeededFuture(answer.result().body())
                        : Future.failedFuture(inWords(answer.cause(), timeout)));
    }

    private static String inWords(Throwable cause, long timeout) {
        if (!(cause instanceof ReplyException reply)) {
            return String.valueOf(cause.getMessage());
        }
        return switch (reply.failureType()) {
            case TIMEOUT -> "no answer in " + timeout + " ms";
            case NO_HANDLERS -> "nobody is there to answer";
            default -> String.valueOf(reply.getMessage());
        };
    }

    /**
     * Asks somebody who is no part of the gateway, with a message of JSON that stays on this node.
     *
     * @return what it answers, of any type; or a {@link ReplyException}, whose text is the other's and may hold what it was
     *     told
     */
    Future<@Nullable Object> askForeign(String address, JsonObject question, long timeout) {
        return bus.<@Nullable Object>request(address, question, options(timeout))
                .map(Message::body);
    }

    /** Sends without waiting for an answer. */
    void tell(String address, Object message) {
        bus.send(address, message, options(DeliveryOptions.DEFAULT_TIMEOUT));
    }

    private DeliveryOptions options(long timeout) {
        return requests.computeIfAbsent(
                timeout, ms -> new DeliveryOptions().setLocalOnly(true).setSendTimeout(ms));
    }

    /**
     * Answers questions at an address of this node. A failed future is passed on as "failed", with its message; so is an
     * exception, as the one who asks would otherwise wait for the timeout.
     */
    @CanIgnoreReturnValue // a verticle's consumers end with it
    public <Q, R> MessageConsumer<Q> answer(String address, Function<Q, Future<R>> answer) {
        return bus.<Q>localConsumer(address, message -> BusAnswer.give(message, answer));
    }

    /** Takes messages at an address of this node that want no answer. */
    @CanIgnoreReturnValue // a verticle's consumers end with it
    public <Q> MessageConsumer<Q> hear(String address, Consumer<Q> handler) {
        return bus.localConsumer(address, message -> handler.accept(message.body()));
    }
}
