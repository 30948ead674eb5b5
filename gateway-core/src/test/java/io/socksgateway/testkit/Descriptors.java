package io.socksgateway.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The descriptors of this process: sockets, pipes and what belongs to event loops, but no files, which the JVM opens when it likes. */
public final class Descriptors {

    private static final int DEADLINE_MILLIS = 30_000;

    private Descriptors() {}

    public static int open() throws IOException {
        return (int) what().stream().filter(name -> !name.startsWith("/")).count();
    }

    /** The sockets among them, by the names that the kernel gives them. */
    static Set<String> sockets() throws IOException {
        return what().stream().filter(name -> name.startsWith("socket:")).collect(Collectors.toSet());
    }

    private static List<String> what() throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : all) {
                try {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // closed meanwhile
                }
            }
        }
        return open;
    }

    /** How many are open once there are no more than expected, or after 30 seconds. */
    public static int settled(int expected) throws Exception {
        int[] last = new int[1];
        boolean ignored = Eventually.within(DEADLINE_MILLIS, () -> {
            last[0] = open();
            return last[0] <= expected;
        });
        return last[0];
    }
}
