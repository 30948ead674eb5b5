package io.socksgateway.deploy;

import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** BIND as each version of the protocol says it. */
enum BindDialect {
    /** RFC 1928, with the password of RFC 1929. */
    SOCKS5 {
        @Override
        void request(SocksClient client, InetSocketAddress peer, String user) throws IOException {
            byte[] address = peer.getAddress().getAddress();
            client.send("05 01 02")
                    .expect("05 02")
                    .send("01" + Hex.counted(user) + Hex.counted(Logins.password(user)))
                    .expect("01 00")
                    .send("05 02 00" + (address.length == 4 ? "01" : "04") + Hex.text(address)
                            + Hex.port(peer.getPort()));
        }

        @Override
        InetSocketAddress reply(SocksClient client) throws IOException {
            return client.expectSuccess();
        }
    },

    /** IPv4 only, and without a password. */
    SOCKS4 {
        @Override
        void request(SocksClient client, InetSocketAddress peer, String user) throws IOException {
            client.send("04 02" + Hex.port(peer.getPort())
                    + Hex.text(peer.getAddress().getAddress()) + Hex.ascii(user) + "00");
        }

        @Override
        InetSocketAddress reply(SocksClient client) throws IOException {
            byte[] port = client.expect("00 5a").read(2);
            return new InetSocketAddress(
                    InetAddress.getByAddress(client.read(4)), (port[0] & 0xFF) << 8 | (port[1] & 0xFF));
        }
    };

    /** Asks the gateway to listen for a peer. */
    abstract void request(SocksClient client, InetSocketAddress peer, String user) throws IOException;

    /** The address in the first reply (where the gateway listens) or the second (who has come); a refusal fails. */
    abstract InetSocketAddress reply(SocksClient client) throws IOException;
}
