package io.socksgateway.deploy.explain;

import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.SocksVersion;
import java.util.List;
import java.util.Set;

/**
 * What listeners want of a client before it may ask for anything: a protocol that has the command, and a login or none.
 *
 * <p>Immutable.
 */
record Entrances(List<ListenerConfig> listeners) {

    /** The methods by which nobody of SOCKS5 has a name. */
    private static final Set<String> NAMELESS = Set.of(ListenerConfig.NONE, ListenerConfig.IDENTD);

    Entrances {
        listeners = List.copyOf(listeners);
    }

    /** Where somebody who asks this gets in. */
    Entrance of(Question question) {
        boolean anywhere = question.listener().isEmpty();
        List<ListenerConfig> concerned = listeners.stream()
                .filter(listener -> anywhere || listener.name().equals(question.listener()))
                .toList();
        List<String> open = concerned.stream()
                .filter(listener -> admits(listener, question))
                .map(ListenerConfig::name)
                .toList();
        if (open.isEmpty()) {
            return Entrance.closed(
                    obstacle(question, concerned, anywhere ? "at any listener" : "at listener " + question.listener()));
        }
        return open.size() == concerned.size() ? Entrance.OPEN : Entrance.only(open);
    }

    private static boolean admits(ListenerConfig listener, Question question) {
        boolean socks5 = speaksSocks5(listener);
        boolean socks4 = question.command() != Command.UDP
                && (listener.protocols().contains(SocksVersion.SOCKS4)
                        || listener.protocols().contains(SocksVersion.SOCKS4A));
        List<String> methods = listener.auth();
        int none = methods.indexOf(ListenerConfig.NONE);
        if (question.user() == null) {
            return none >= 0 && (socks5 || socks4);
        }
        int identd = methods.indexOf(ListenerConfig.IDENTD);
        return (socks5 && !NAMELESS.containsAll(methods)) || (socks4 && identd >= 0 && (none < 0 || identd < none));
    }

    private static boolean speaksSocks5(ListenerConfig listener) {
        return listener.protocols().contains(SocksVersion.SOCKS5);
    }

    private static String obstacle(Question question, List<ListenerConfig> concerned, String where) {
        if (question.command() == Command.UDP && concerned.stream().noneMatch(Entrances::speaksSocks5)) {
            return "UDP needs SOCKS5, which is not spoken " + where + ".";
        }
        return question.user() == null
                ? "Nobody gets in without a login " + where + "; ask about a user."
                : "Nobody can log in " + where + ", so nobody is known to be " + question.user() + ".";
    }
}
