package io.socksgateway.deploy;

import io.socksgateway.auth.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hash}: a password's argon2id hash, for {@code auth.users} or a file of users. */
@Command(
        name = "hash",
        description = {
            "Prints the argon2id hash of a password, for auth.users or a file of users.",
            "Asks for it at a terminal; otherwise reads one line from standard input."
        })
final class HashCommand implements Callable<Integer> {

    /** What RFC 1929 can carry, in octets. */
    private static final int MAX_PASSWORD = 255;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        byte[] password = password();
        try {
            if (password.length == 0 || password.length > MAX_PASSWORD) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        List.of("password: %d octets (expected: 1..%d)".formatted(password.length, MAX_PASSWORD)));
            }
            spec.commandLine().getOut().println(PasswordHash.create(password));
            return ExitCode.OK;
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // the start script chooses the console that is null without a terminal
    private static byte[] password() throws IOException, CommandFailure {
        Console console = System.console();
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? new byte[0] : octets(line.toCharArray());
        }
        char[] first = typed(console, "Password: ");
        char[] second = typed(console, "Again: ");
        if (!Arrays.equals(first, second)) {
            throw new CommandFailure(ExitCode.FAILED, List.of("The two passwords differ."));
        }
        byte[] password = octets(first);
        Arrays.fill(second, '\0');
        return password;
    }

    /** In UTF-8; the characters are wiped out. */
    private static byte[] octets(char[] typed) throws CommandFailure {
        if (Undecoded.isIn(CharBuffer.wrap(typed))) {
            throw new CommandFailure(
                    ExitCode.FAILED, List.of("password: some of it is no text (expected: " + Undecoded.EXPECTED + ")"));
        }
        var octets = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        byte[] password = new byte[octets.remaining()];
        octets.get(password);
        Arrays.fill(typed, '\0');
        return password;
    }

    private static char[] typed(Console console, String prompt) {
        char @Nullable [] typed = console.readPassword(prompt);
        return typed == null ? new char[0] : typed;
    }
}
