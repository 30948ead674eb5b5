package io.socksgateway.core.quota;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Who is watched when a login fails: the address of the client (of IPv6 the /64, which one customer has for itself), and the user
 * together with the network of the client (/24, of IPv6 /48). A ban of the former stops who tries many names, one of the latter
 * who tries one name from many addresses of a network; and nobody can lock a user out who is somewhere else.
 *
 * <p>Immutable.
 *
 * @param client {@code client/192.0.2.7} or {@code client/2001:db8:1:2::/64}
 * @param user {@code user/192.0.2.0/24/alice}, the name in lower case, as to some directories it is all the same; empty if it is
 *     not known
 * @param tag stands for the name
 */
public record LoginSubject(String client, String user, int tag) {

    private static final String CLIENT = "client/";
    private static final String USER = "user/";

    public static LoginSubject of(InetAddress client, String user) {
        String name = user.toLowerCase(Locale.ROOT);
        String network = ClientNetwork.of(client, ClientNetwork.isV6(client) ? 48 : 24);
        return new LoginSubject(CLIENT + ClientNetwork.of(client), USER + network + "/" + name, name.hashCode());
    }

    /** A client whose user is not known. */
    public static LoginSubject of(InetAddress client) {
        return new LoginSubject(of(client, "").client(), "", 0);
    }

    /** Both of them, or the client alone. */
    public List<String> keys() {
        return user.isEmpty() ? List.of(client) : List.of(client, user);
    }

    /** The clients that a key is about: an address or a network. */
    public static String clientOf(String key) {
        if (key.startsWith(CLIENT)) {
            return key.substring(CLIENT.length());
        }
        int slash = key.indexOf('/', key.indexOf('/', USER.length()) + 1);
        return key.substring(USER.length(), slash < 0 ? key.length() : slash);
    }

    /** The user that a key is about; empty if it is about all of them. */
    public static String userOf(String key) {
        String user = USER + clientOf(key) + "/";
        return key.startsWith(user) ? key.substring(user.length()) : "";
    }
}
