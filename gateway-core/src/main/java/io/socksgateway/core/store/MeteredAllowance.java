package io.socksgateway.core.store;

import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The allowance of a session under one or more limits on octets: it gets what all of them have, so the tightest decides.
 *
 * <p>Thread-safe.
 */
final class MeteredAllowance implements Allowance {

    private final Tap[] up;
    private final Tap[] down;

    /**
     * Where a session gets octets from.
     *
     * @param quota name of the quota
     * @param credit for datagrams, see {@link Tank#takeWhole}
     */
    record Tap(Tank tank, String quota, long credit) {}

    MeteredAllowance(List<Tap> up, List<Tap> down) {
        this.up = up.toArray(Tap[]::new);
        this.down = down.toArray(Tap[]::new);
    }

    private Tap[] taps(Direction direction) {
        return direction == Direction.UP ? up : down;
    }

    @Override
    public boolean isLimited() {
        return true;
    }

    @Override
    public int take(Direction direction, int most) {
        Tap[] taps = taps(direction);
        int all = most;
        for (int i = 0; i < taps.length && all > 0; i++) {
            int taken = taps[i].tank.take(all);
            giveBack(taps, i, all - taken);
            all = taken;
        }
        return all;
    }

    @Override
    public boolean takeWhole(Direction direction, int octets) {
        Tap[] taps = taps(direction);
        for (int i = 0; i < taps.length; i++) {
            if (!taps[i].tank.takeWhole(octets, taps[i].credit)) {
                giveBack(taps, i, octets);
                return false;
            }
        }
        return true;
    }

    @Override
    public void giveBack(Direction direction, int octets) {
        Tap[] taps = taps(direction);
        giveBack(taps, taps.length, octets);
    }

    private static void giveBack(Tap[] taps, int count, int octets) {
        for (int i = 0; i < count && octets > 0; i++) {
            taps[i].tank.giveBack(octets);
        }
    }

    @Override
    public void await(Direction direction, Runnable more) {
        Tap[] taps = taps(direction);
        for (Tap tap : taps) {
            if (tap.tank.octets() <= 0) {
                tap.tank.await(more);
                return;
            }
        }
        more.run();
    }

    @Override
    public @Nullable String usedUp(Direction direction) {
        for (Tap tap : taps(direction)) {
            if (tap.tank.isUsedUp() && tap.tank.octets() <= 0) {
                return tap.quota;
            }
        }
        return null;
    }
}
