package io.socksgateway.deploy.bench.load;

/**
 * How far a load is.
 *
 * <p>Immutable.
 *
 * @param nanos when, as {@link System#nanoTime} tells it
 * @param operations that have ended well since the beginning
 * @param octets that have arrived since the beginning
 */
public record Progress(long nanos, long operations, long octets) {}
