package io.socksgateway.core.quota;

import org.jspecify.annotations.Nullable;

/**
 * The allowance of a session that no limit on octets concerns.
 *
 * <p>Immutable.
 */
final class Unlimited implements Allowance {

    static final Allowance INSTANCE = new Unlimited();

    private Unlimited() {}

    @Override
    public boolean isLimited() {
        return false;
    }

    @Override
    public int take(Direction direction, int most) {
        return most;
    }

    @Override
    public boolean takeWhole(Direction direction, int octets) {
        return true;
    }

    @Override
    public void giveBack(Direction direction, int octets) {}

    @Override
    public void await(Direction direction, Runnable more) {
        more.run();
    }

    @Override
    public @Nullable String usedUp(Direction direction) {
        return null;
    }
}
