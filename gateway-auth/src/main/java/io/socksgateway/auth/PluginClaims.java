package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.session.Identity;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a plug-in claims for a client, within {@link ClaimBounds}.
 *
 * <p>Immutable.
 *
 * @param bounds those of now
 * @param clock milliseconds of the Unix epoch
 */
record PluginClaims(Supplier<ClaimBounds> bounds, boolean mayRename, LongSupplier clock) {

    static final Set<String> KEYS = Set.of(
            PluginContract.USER,
            PluginContract.GROUPS,
            PluginContract.QUOTA,
            PluginContract.EGRESS,
            PluginContract.EXPIRY);

    /** What was over before that has been over for long. */
    private static final Instant FIRST = Instant.ofEpochMilli(1);

    /** The time up to which a long has milliseconds is a long way off; who means "never" says nothing. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * The identity that is claimed.
     *
     * @param asked the user of the login, or null if the method has none
     * @return may have expired already
     * @throws PluginNonsense if a claim is malformed, or names what there is not
     */
    Identity read(PluginReply reply, @Nullable String asked) {
        String named = reply.name(PluginContract.USER);
        String user = named == null ? asked : named;
        if (user == null) {
            throw new PluginNonsense("accepts nobody: " + PluginContract.USER + " is missing");
        }
        if (asked != null && !asked.equals(user) && !mayRename) {
            throw new PluginNonsense("accepts a user other than the one who logs in (expected: \"mayRename\": true)");
        }
        if (!UserTable.isName(user)) {
            throw new PluginNonsense("accepts a user whose name cannot be one");
        }
        Set<String> groups = reply.names(PluginContract.GROUPS, PluginContract.MAX_GROUPS);
        return new Identity(user, groups, quota(reply), egress(reply), expiry(reply), null);
    }

    private @Nullable String quota(PluginReply reply) {
        String quota = reply.name(PluginContract.QUOTA);
        if (quota != null && !bounds.get().quotas().contains(quota)) {
            throw new PluginNonsense("claims a quota that the configuration does not have");
        }
        return quota;
    }

    private @Nullable InetAddress egress(PluginReply reply) {
        String text = reply.text(PluginContract.EGRESS, 64);
        if (text == null) {
            return null;
        }
        InetAddress address = Addresses.parse(text).orElse(null);
        if (address == null || !bounds.get().egress().contains(address)) {
            throw new PluginNonsense("claims an egress address that is in neither egress.bind nor egress.pool");
        }
        return address;
    }

    private static long expiry(PluginReply reply) {
        Instant expiry = reply.time(PluginContract.EXPIRY);
        if (expiry == null) {
            return Identity.NEVER;
        }
        if (expiry.isBefore(FIRST)) {
            return FIRST.toEpochMilli(); // what is a billion years ago has no such number
        }
        return (expiry.isAfter(LAST) ? LAST : expiry).toEpochMilli();
    }

    /** Whether the claims are over. */
    boolean expired(Identity identity) {
        return identity.expired(clock.getAsLong());
    }
}
