package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.Timer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.net.Connector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Connects and times each attempt. One that was given up, because another address was quicker or the client has left, tells
 * nothing and is not counted.
 *
 * <p>Thread-safe.
 */
final class TimedConnector implements Connector {

    private static final String NAME = "connect.duration";
    private static final String HELP = "Attempts to connect to an address of a target";

    private final Connector connector;
    private final Timer connected;
    private final Timer failed;

    TimedConnector(Connector connector, Meters meters) {
        this(connector, meters.waits(NAME, HELP, "result", "connected"), meters.waits(NAME, HELP, "result", "failed"));
    }

    private TimedConnector(Connector connector, Timer connected, Timer failed) {
        this.connector = connector;
        this.connected = connected;
        this.failed = failed;
    }

    @Override
    public Connector from(InetAddress source) {
        return new TimedConnector(connector.from(source), connected, failed);
    }

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress remote) {
        long begun = System.nanoTime();
        return connector.connect(loop, remote).addListener(done -> {
            if (!done.isCancelled()) {
                (done.isSuccess() ? connected : failed).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
        });
    }
}
