package io.socksgateway.udp;

import io.socksgateway.core.address.Addresses;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that an association has to do with. The one that was not used for the longest time makes room for a new
 * one; looking up allocates nothing.
 *
 * <p>Confined to its event loop.
 */
final class Targets {

    /** How many are remembered. */
    static final int LIMIT = 1_024;

    private final Target.Key probe = new Target.Key();
    private final Map<Target.Key, Target> targets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Target.Key, Target> eldest) {
            return size() > LIMIT;
        }
    };

    /** The target of an address in halves, see {@link Addresses#high}, or null if it is not known. */
    @Nullable
    Target find(long high, long low, int port) {
        return targets.get(probe.set(high, low, port));
    }

    @Nullable
    Target find(InetSocketAddress address) {
        return find(Addresses.high(address.getAddress()), Addresses.low(address.getAddress()), address.getPort());
    }

    /** The target of an address, a new one if need be. */
    Target of(InetSocketAddress address) {
        Target known = find(address);
        return known == null ? keep(new Target(address)) : known;
    }

    /** Lets each be judged again; until then it may answer only if the client could send to it. */
    void forgetVerdicts(Predicate<InetSocketAddress> allowed) {
        targets.values().forEach(target -> target.forgetVerdict(allowed));
    }

    /** Marks a target as used, also if it had to make room meanwhile. */
    Target keep(Target target) {
        Target known = targets.get(target.key());
        if (known == null) {
            targets.put(target.key(), target);
            return target;
        }
        return known;
    }
}
