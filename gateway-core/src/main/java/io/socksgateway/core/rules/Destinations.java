package io.socksgateway.core.rules;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.address.InternalAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code to} of a rule: name patterns, ranges of addresses, and {@code @internal}.
 *
 * <p>Immutable.
 *
 * @param names compared with the name asked for
 * @param ranges compared with the address dialled
 * @param internal whether {@code @internal} is listed: every internal address
 */
public record Destinations(List<NamePattern> names, List<Cidr> ranges, boolean internal) {

    /** The keyword for all internal addresses. */
    public static final String INTERNAL = "@internal";

    /** What a rule without {@code to} has: everything but internal addresses. */
    public static final Destinations ANY = new Destinations(List.of(new NamePattern("", false)), List.of(), false);

    public Destinations {
        names = List.copyOf(names);
        ranges = List.copyOf(ranges);
    }

    /**
     * Parses one item and adds it.
     *
     * @return nothing if it is no keyword, address, CIDR or name pattern
     */
    public Optional<Destinations> with(String item) {
        if (item.equals(INTERNAL)) {
            return Optional.of(new Destinations(names, ranges, true));
        }
        Optional<Cidr> range = Cidr.parse(item);
        if (range.isPresent()) {
            return Optional.of(new Destinations(names, append(ranges, range.get()), internal));
        }
        return NamePattern.parse(item).map(name -> new Destinations(append(names, name), ranges, internal));
    }

    /** No destination at all: what items are added to. */
    public static Destinations none() {
        return new Destinations(List.of(), List.of(), false);
    }

    private static <T> List<T> append(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }

    boolean matchesAny() {
        for (NamePattern name : names) {
            if (name.isAny()) {
                return true;
            }
        }
        return false;
    }

    boolean matchesName(String canonicalName) {
        for (NamePattern name : names) {
            if (name.matches(canonicalName)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address could match that its name does not. */
    boolean dependsOnAddress() {
        return internal || !ranges.isEmpty();
    }

    /** With what the guard has found out about the address, as it also knows the gateway's own listeners. */
    boolean matchesAddress(InetAddress address, boolean isInternal) {
        for (Cidr range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return internal && isInternal;
    }

    /** Whether an internal address is meant: by the keyword, or by a range inside the internal ones. */
    boolean namesInternal(InetAddress address) {
        if (internal) {
            return true;
        }
        for (Cidr range : ranges) {
            if (range.contains(address) && (InternalAddresses.contains(range) || range.equals(Cidr.of(address)))) {
                return true;
            }
        }
        return false;
    }
}
