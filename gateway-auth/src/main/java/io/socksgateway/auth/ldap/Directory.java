package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.RDN;
import io.socksgateway.core.config.LdapConfig;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A directory as the place where users log in: it is bound to as the user, and that works or not. No password is compared here.
 *
 * <p>Whether a search finds the user or not, a search and a bind are made, so that the time tells little of who is known.
 *
 * <p>Thread-safe. Blocks, for about the timeout of the configuration at most.
 */
public final class Directory implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String NOBODY = "nobody-in-particular";

    /** What every matching rule leaves apart but for its case. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._@-]{1,255}");

    private final long timeout;
    private final Groups groups;
    private final List<String> attributes;
    private final Logins logins;
    private final @Nullable UserSearch search;
    private final @Nullable DnTemplate template;

    /**
     * A directory that is connected to when somebody logs in.
     *
     * @throws IllegalArgumentException if a DN or a filter is malformed; the message begins with the key
     */
    public Directory(LdapConfig config) {
        DirectoryServers servers = new DirectoryServers(config);
        this.timeout = config.timeout();
        this.groups = new Groups(config.groups());
        this.attributes = new ArrayList<>(Account.STATE);
        attributes.addAll(groups.attributes());
        String bindDn = config.bindDn();
        this.template = bindDn == null ? null : Malformed.in("bindDn", () -> new DnTemplate(bindDn));
        LdapConfig.Search by = config.search();
        this.search = by == null ? null : new UserSearch(by, attributes, servers);
        this.logins = new Logins(servers.pool("logins", null));
    }

    /**
     * Connects, and looks for nobody.
     *
     * @throws DirectoryException if logins would fail just now
     */
    public void connect() {
        try {
            logins.connect();
            if (search != null) {
                Entry unused = search.find(NOBODY, TimeLeft.of(timeout));
            }
        } catch (LDAPException e) {
            throw Refusal.trouble(e.getResultCode());
        }
    }

    /**
     * Logs a user in.
     *
     * @param password not empty
     * @throws DirectoryException if the directory cannot tell
     */
    public DirectoryAnswer login(String user, byte[] password) {
        TimeLeft left = TimeLeft.of(timeout);
        try {
            if (search != null) {
                return find(search, user, password, left);
            }
            return template == null ? DirectoryAnswer.UNKNOWN : direct(template, user, password, left);
        } catch (LDAPException e) {
            throw Refusal.trouble(e.getResultCode());
        }
    }

    private DirectoryAnswer find(UserSearch by, String user, byte[] password, TimeLeft left) throws LDAPException {
        Entry entry = by.find(user, left);
        if (entry == null) {
            return nobody(by.base(), password.length, left);
        }
        return logins.login(new DN(entry.getDN()), password, left, asUser -> {
            String name = Account.name(entry, by.nameAttribute(), user);
            return welcome(entry, name, by.connections(), left);
        });
    }

    /** Costs a bind as that of a user does, with nothing that could be right. */
    private DirectoryAnswer nobody(DN base, int length, TimeLeft left) {
        byte[] random = new byte[16 + length];
        RANDOM.nextBytes(random);
        DN dn = new DN(new RDN("cn", HexFormat.of().formatHex(random, 0, 16)), base);
        byte[] password = new byte[length];
        System.arraycopy(random, 16, password, 0, length);
        DirectoryAnswer unused = logins.login(dn, password, left, asUser -> DirectoryAnswer.UNKNOWN);
        return DirectoryAnswer.UNKNOWN;
    }

    private DirectoryAnswer direct(DnTemplate by, String user, byte[] password, TimeLeft left) {
        if (!PLAIN_NAME.matcher(user).matches()) {
            return DirectoryAnswer.UNKNOWN;
        }
        DN dn = by.fill(user);
        Optional<String> attribute = by.attribute();
        return logins.login(dn, password, left, asUser -> {
            List<String> wanted = new ArrayList<>(attributes);
            attribute.ifPresent(wanted::add);
            Entry entry = asUser.getEntry(dn.toString(), wanted.toArray(String[]::new));
            if (entry == null && !groups.attributes().isEmpty()) {
                throw new DirectoryException("the user may not read the entry with the groups");
            }
            Entry readable = entry == null ? new Entry(dn) : entry;
            boolean named = attribute.isPresent() && readable.hasAttribute(attribute.get());
            String name = named ? Account.name(readable, attribute.get(), user) : user.toLowerCase(Locale.ROOT);
            return welcome(readable, name, asUser, left);
        });
    }

    private DirectoryAnswer welcome(Entry entry, String name, LDAPInterface directory, TimeLeft left)
            throws LDAPException {
        return Account.disabled(entry)
                ? new DirectoryAnswer.Wrong("disabled")
                : new DirectoryAnswer.Right(name, groups.of(entry, name, directory, left));
    }

    /**
     * Says how it stands with a user, without a password: nothing if only a login could find out, as without a search.
     *
     * @throws DirectoryException if the directory cannot tell just now
     */
    public Optional<DirectoryAnswer> look(String user) {
        if (search == null) {
            return Optional.empty();
        }
        TimeLeft left = TimeLeft.of(timeout);
        try {
            Entry entry = search.find(user, left);
            return Optional.of(
                    entry == null
                            ? DirectoryAnswer.UNKNOWN
                            : welcome(
                                    entry,
                                    Account.name(entry, search.nameAttribute(), user),
                                    search.connections(),
                                    left));
        } catch (LDAPException e) {
            throw Refusal.trouble(e.getResultCode());
        }
    }

    @Override
    public void close() {
        logins.close();
        if (search != null) {
            search.close();
        }
    }
}
