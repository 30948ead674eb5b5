package io.socksgateway.auth;

import io.socksgateway.auth.gssapi.KeytabCheck;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.GssapiConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The users of a configuration, from all its sources.
 *
 * <p>Immutable.
 *
 * @param files by the name of their authenticator
 */
record Sources(UserTable configured, Map<String, FileAuthenticator.Contents> files) {

    /**
     * Reads all of them. Blocks.
     *
     * @throws UserSourceException with what is wrong with any of them
     */
    static Sources read(AuthConfig config) {
        UserTable.Builder configured = ConfiguredUsers.read(config.users());
        List<String> problems = new ArrayList<>(configured.problems());
        Map<String, FileAuthenticator.Contents> files = new LinkedHashMap<>();
        for (AuthenticatorConfig.UserFile file : userFiles(config)) {
            try {
                files.put(file.name(), FileAuthenticator.read(file.path()));
            } catch (UserSourceException e) {
                problems.addAll(e.problems());
            }
        }
        keytabs(config).forEach(keytab -> problems.addAll(keytab.problems()));
        if (!problems.isEmpty()) {
            throw new UserSourceException(problems);
        }
        return new Sources(configured.build(), files);
    }

    /** What works and should be better in files; whoever has read the configuration has said it of that. */
    List<String> warnings(AuthConfig config) {
        List<String> warnings = new ArrayList<>();
        for (AuthenticatorConfig.UserFile file : userFiles(config)) {
            warn(file.path().toString(), contents(file).users(), warnings);
        }
        keytabs(config).forEach(keytab -> warnings.addAll(keytab.warnings()));
        return warnings;
    }

    /** What was read of a file of the configuration. */
    FileAuthenticator.Contents contents(AuthenticatorConfig.UserFile file) {
        return Objects.requireNonNull(files.get(file.name()));
    }

    private static List<AuthenticatorConfig.UserFile> userFiles(AuthConfig config) {
        return config.authenticators(AuthenticatorConfig.UserFile.class).toList();
    }

    private static List<KeytabCheck> keytabs(AuthConfig config) {
        List<KeytabCheck> checks = new ArrayList<>();
        List<AuthenticatorConfig> all = config.authenticators();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof GssapiConfig gssapi) {
                checks.add(new KeytabCheck("auth.authenticators[" + i + "]", gssapi));
            }
        }
        return checks;
    }

    private static void warn(String source, UserTable users, List<String> warnings) {
        if (users.plainTexts() > 0) {
            warnings.add(source + ": " + users.plainTexts()
                    + " password(s) in plain text (the command 'hash' makes a hash of one)");
        }
    }
}
