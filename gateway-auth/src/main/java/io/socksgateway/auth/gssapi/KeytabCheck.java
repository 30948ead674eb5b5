package io.socksgateway.auth.gssapi;

import io.socksgateway.core.config.GssapiConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;

/** Looks whether a keytab has what is needed, as Java reads it. Blocks. */
public final class KeytabCheck {

    /** A hint is not a list of everything. */
    private static final int MOST_SHOWN = 5;

    private final String path;
    private final GssapiConfig config;

    /**
     * A look at a keytab.
     *
     * @param path of the authenticator in the configuration
     */
    public KeytabCheck(String path, GssapiConfig config) {
        this.path = path;
        this.config = config;
    }

    /** All that is wrong, each with its path in the configuration and a hint; empty if clients can be accepted. */
    public List<String> problems() {
        Keytab keytab;
        try {
            keytab = Keytab.read(config.keytab());
        } catch (IOException e) {
            return List.of("%s.keytab: \"%s\" cannot be used: %s (expected: a keytab, as kadmin's ktadd makes it)"
                    .formatted(path, config.keytab(), e.getMessage()));
        }
        List<String> problems = new ArrayList<>();
        for (String principal : config.principals()) {
            if (!hasUsableKey(principal)) {
                problems.add("%s.principal: %s".formatted(path, why(principal, keytab)));
            }
        }
        return problems;
    }

    private boolean hasUsableKey(String principal) {
        KerberosPrincipal owner = new KerberosPrincipal(principal);
        KerberosKey[] keys = KeyTab.getInstance(owner, config.keytab().toFile()).getKeys(owner);
        for (KerberosKey key : keys) {
            forget(key);
        }
        return keys.length > 0;
    }

    private static void forget(KerberosKey key) {
        try {
            key.destroy();
        } catch (DestroyFailedException e) {
            return; // it is garbage then
        }
    }

    private static String why(String principal, Keytab keytab) {
        Set<Integer> types = keytab.keyTypes(principal);
        if (!types.isEmpty()) {
            return "\"%s\" has only keys of the types %s in the keytab, which Java does not take (expected: AES, type 17 to 20)"
                    .formatted(principal, types);
        }
        Set<String> others = keytab.principals();
        String shown =
                others.stream().limit(MOST_SHOWN).map(each -> '"' + each + '"').collect(Collectors.joining(", "));
        return "\"%s\" has no key in the keytab (%s)"
                .formatted(
                        principal,
                        others.isEmpty()
                                ? "it is empty"
                                : "there are keys of " + shown + (others.size() > MOST_SHOWN ? " and others" : ""));
    }

    /** What works and should be better. */
    public List<String> warnings() {
        return mayBeReadByAll(config.keytab())
                ? List.of("%s.keytab: \"%s\" can be read by every user of this machine (chmod o= it)"
                        .formatted(path, config.keytab()))
                : List.of();
    }

    private static boolean mayBeReadByAll(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
