package io.socksgateway.deploy.bench.result;

/** How a figure compares with its goal. */
public enum Verdict {
    AIM("aim reached"),
    MUST("must reached"),
    MISSED("**missed**"),
    UNKNOWN("not measured");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
