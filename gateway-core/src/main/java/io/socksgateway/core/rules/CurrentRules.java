package io.socksgateway.core.rules;

/**
 * The rules that are in force, until others replace them.
 *
 * <p>Thread-safe.
 */
public final class CurrentRules {

    private volatile RuleSet now;

    public CurrentRules(RuleSet first) {
        this.now = first;
    }

    /** The rules of this moment. A verdict that is kept is worth only as long as this is the same set. */
    public RuleSet now() {
        return now;
    }

    /** Puts other rules in force, for everybody at once. */
    public void replace(RuleSet others) {
        now = others;
    }
}
