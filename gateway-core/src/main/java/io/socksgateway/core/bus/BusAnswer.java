package io.socksgateway.core.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.function.Function;

/** How a question on the bus is answered, whoever has asked. */
final class BusAnswer {

    /** How an answer "I failed" travels; the text is for the log. */
    private static final int FAILED = 1;

    private BusAnswer() {}

    /** Replies with the answer, or that it has failed or thrown, as the one who asks would otherwise wait for the timeout. */
    static <Q, R> void give(Message<Q> question, Function<Q, Future<R>> answer) {
        Future<R> unused = Future.succeededFuture(question.body())
                .compose(answer)
                .onComplete(result -> {
                    if (result.succeeded()) {
                        question.reply(result.result());
                    } else {
                        question.fail(FAILED, String.valueOf(result.cause().getMessage()));
                    }
                });
    }
}
