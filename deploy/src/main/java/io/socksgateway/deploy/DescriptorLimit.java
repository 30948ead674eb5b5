package io.socksgateway.deploy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The limit of descriptors of this process. */
final class DescriptorLimit {

    /** Where Linux says it, without Java's management, which would be a tenth of a start. */
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d{1,18}) ");

    private DescriptorLimit() {}

    /** How many it may open, as its limit is now; 0 where there is no such limit. */
    static long value() {
        try {
            Matcher limit = OPEN_FILES.matcher(Files.readString(LIMITS));
            return limit.find() ? Long.parseLong(limit.group(1)) : 0;
        } catch (IOException e) {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getMaxFileDescriptorCount()
                    : 0;
        }
    }
}
