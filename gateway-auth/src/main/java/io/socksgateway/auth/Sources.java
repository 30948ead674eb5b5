package io.socksgateway.auth;

import io.socksgateway.core.config.AuthConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The users of a configuration, from all its sources.
 *
 * <p>Immutable.
 *
 * @param files in the order of the authenticators
 */
record Sources(UserTable configured, List<FileAuthenticator.Contents> files) {

    /**
     * Reads all of them. Blocks.
     *
     * @throws UserSourceException with what is wrong with any of them
     */
    static Sources read(AuthConfig config) {
        UserTable.Builder configured = ConfiguredUsers.read(config.users());
        List<String> problems = new ArrayList<>(configured.problems());
        List<FileAuthenticator.Contents> files = new ArrayList<>();
        for (AuthConfig.FileAuthenticator file : config.files()) {
            try {
                files.add(FileAuthenticator.read(file.path()));
            } catch (UserSourceException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new UserSourceException(problems);
        }
        return new Sources(configured.build(), List.copyOf(files));
    }

    /** What works and should be better. */
    List<String> warnings(AuthConfig config) {
        List<String> warnings = new ArrayList<>();
        warn(ConfiguredUsers.NAME, configured, warnings);
        for (int i = 0; i < files.size(); i++) {
            warn(config.files().get(i).path().toString(), files.get(i).users(), warnings);
        }
        return warnings;
    }

    private static void warn(String source, UserTable users, List<String> warnings) {
        if (users.plainTexts() > 0) {
            warnings.add(source + ": " + users.plainTexts()
                    + " password(s) in plain text (the command 'hash' makes a hash of one)");
        }
    }
}
