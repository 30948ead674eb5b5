package io.socksgateway.testkit;

import io.socksgateway.core.config.TimeoutsConfig;

/** Timeouts that a test can wait for, in milliseconds; those that are not set are the defaults. */
public record Limits(long handshake, long auth, long connect, long idle, long halfClosed) {

    public static Limits standard() {
        TimeoutsConfig standard = TimeoutsConfig.DEFAULT;
        return new Limits(
                standard.handshake(), standard.auth(), standard.connect(), standard.idle(), standard.halfClosed());
    }

    public Limits withHandshake(long millis) {
        return new Limits(millis, auth, connect, idle, halfClosed);
    }

    public Limits withAuth(long millis) {
        return new Limits(handshake, millis, connect, idle, halfClosed);
    }

    public Limits withConnect(long millis) {
        return new Limits(handshake, auth, millis, idle, halfClosed);
    }

    public Limits withIdle(long open, long half) {
        return new Limits(handshake, auth, connect, open, half);
    }

    public TimeoutsConfig config() {
        TimeoutsConfig standard = TimeoutsConfig.DEFAULT;
        return new TimeoutsConfig(handshake, auth, connect, idle, halfClosed, standard.bind(), standard.drain());
    }
}
