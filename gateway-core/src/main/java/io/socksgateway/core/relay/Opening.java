package io.socksgateway.core.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.socksgateway.core.session.Failure;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a session gets to the other end of its tunnel: by dialling, or by being dialled.
 *
 * <p>Confined to its event loop.
 */
interface Opening {

    void start();

    /** Gives up and closes what was opened; the session hears nothing more. Does nothing if it is done. */
    void cancel();

    /** The client has sent its FIN, which it may do behind what it has sent already. */
    void clientFinished(ChannelHandlerContext client);

    /** One that is over: what it held is not kept for as long as the tunnel lives. */
    Opening DONE = new Opening() {
        @Override
        public void start() {
            throw new IllegalStateException("done");
        }

        @Override
        public void cancel() {
            // nothing is open
        }

        @Override
        public void clientFinished(ChannelHandlerContext client) {
            // the tunnel sees to it
        }
    };

    /** What the session does as the opening goes on. */
    interface Session {

        /** The address and the rule that the access line will show, as known so far. */
        void reaches(InetSocketAddress address, @Nullable String rule);

        /** A rule refuses. */
        void denied(@Nullable String rule);

        /** A reply of success that is not the last one. */
        void announce(InetSocketAddress bound);

        /**
         * The other end is there: reply, and relay.
         *
         * @param peer registered with the loop, not reading, its pipeline empty
         * @param told the address in the reply
         */
        void opened(Channel peer, InetSocketAddress told);

        void failed(Failure failure);

        /** Ends without a reply, as the client has gone. */
        void abandoned();
    }
}
