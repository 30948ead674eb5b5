package io.socksgateway.core.relay;

import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.LiveSessions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks for each user with open sessions on this node whether it may still be here, a few at a time, and says of whom the answer
 * is no. It also finds whom this node should have heard of, and has not.
 *
 * <p>Confined to its event loop.
 */
final class Rechecks {

    /** Questions at a time: what a directory hardly notices. */
    static final int AT_A_TIME = 4;

    private final LiveSessions live;
    private final Function<Identity, Future<Standing>> question;
    private final Consumer<Identity> gone;
    private final Consumer<Identity> changed;
    private Future<Void> round = Future.succeededFuture();

    /**
     * @param gone hears of users who may not be here at all
     * @param changed hears of those who may, but not as the one that they were found to be
     */
    Rechecks(
            LiveSessions live,
            Function<Identity, Future<Standing>> question,
            Consumer<Identity> gone,
            Consumer<Identity> changed) {
        this.live = live;
        this.question = question;
        this.gone = gone;
        this.changed = changed;
    }

    /** Asks for all; if a round is under way, it goes on instead. */
    Future<Void> start() {
        if (round.isComplete()) {
            Iterator<Identity> identities = identities().iterator();
            List<Future<Void>> lanes = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                lanes.add(next(identities));
            }
            round = Future.join(lanes).mapEmpty();
        }
        return round;
    }

    /** Asks for all, after the round that is under way: those who were asked in it may be told otherwise by now. */
    Future<Void> startAnew() {
        return round.transform(over -> start());
    }

    private Set<Identity> identities() {
        Set<Identity> identities = new LinkedHashSet<>();
        for (LiveSession session : live.all()) {
            Identity identity = session.info().identity();
            if (identity.user() != null && identity.source() != null) {
                identities.add(identity);
            }
        }
        return identities;
    }

    private Future<Void> next(Iterator<Identity> identities) {
        if (!identities.hasNext()) {
            return Future.succeededFuture();
        }
        Identity identity = identities.next();
        return question.apply(identity).otherwise(Standing.UNTOLD).compose(standing -> {
            if (standing == Standing.GONE) {
                gone.accept(identity);
            } else if (standing == Standing.CHANGED) {
                changed.accept(identity);
            }
            return next(identities);
        });
    }
}
