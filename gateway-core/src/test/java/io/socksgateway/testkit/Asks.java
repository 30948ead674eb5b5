package io.socksgateway.testkit;

import io.socksgateway.core.quota.Reservation.Ask;
import java.util.UUID;

/** Asks of nodes that all answers have reached: they hold whatever they were granted. */
public final class Asks {

    private Asks() {}

    public static Ask of(UUID node, long number, boolean fresh, long spent, long wanted) {
        return new Ask(node, number, fresh, spent, Long.MAX_VALUE, wanted);
    }
}
