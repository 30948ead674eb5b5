package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.UnixChannel;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.LoopBound;
import io.socksgateway.core.net.Sockets;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts clients on every listener and negotiates with them, up to the hand-over to the relay of the same event loop.
 * The instances of a node share the listening sockets.
 */
public final class TcpHandshakeVerticle extends VerticleBase implements LoopBound, Listening.Desk {

    private final Listening listening;
    private final Set<Channel> clients = new HashSet<>();
    private final Promise<Void> drained = Promise.promise();
    private @Nullable DeadlineWheel wheel;
    private boolean draining;

    public TcpHandshakeVerticle(Listening listening) {
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        wheel = new DeadlineWheel(loop());
        return listening.join(this, vertx);
    }

    /** Closes the connections that are left, in whatever state. */
    @Override
    public Future<?> stop() {
        listening.leave(this);
        wheel = null; // whoever comes later comes too late
        new ArrayList<>(clients).forEach(Sockets::close);
        return Future.succeededFuture();
    }

    @Override
    public void welcome(ListenerHandshakes listener, Channel client, Place place) {
        if (wheel == null || draining || client.remoteAddress() == null) {
            client.unsafe().closeForcibly(); // too late, or gone before it was accepted
            place.leave();
            return;
        }
        Sockets.prepare(client);
        if (!(client instanceof UnixChannel)) {
            client.config().setOption(ChannelOption.TCP_NODELAY, true);
            client.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        }
        listener.begin(client, (ContextInternal) context, wheel, place);
        clients.add(client);
        client.closeFuture().addListener(closed -> left(client, place));
        loop().register(client).addListener(registered -> {
            if (!registered.isSuccess()) {
                client.unsafe().closeForcibly();
            }
        });
    }

    private void left(Channel client, Place place) {
        place.leave();
        clients.remove(client);
        if (draining && clients.isEmpty()) {
            drained.tryComplete();
        }
    }

    @Override
    public EventLoop loop() {
        return ((ContextInternal) context).nettyEventLoop();
    }

    /**
     * Stops accepting and lets the connections run on, for at most so many milliseconds.
     *
     * @return succeeds when they have ended or were closed
     */
    public Future<Void> drain(long millis) {
        listening.close();
        context.runOnContext(v -> {
            draining = true;
            if (clients.isEmpty()) {
                drained.tryComplete();
            } else {
                loop().schedule(() -> new ArrayList<>(clients).forEach(Sockets::close), millis, TimeUnit.MILLISECONDS);
            }
        });
        return drained.future();
    }
}
