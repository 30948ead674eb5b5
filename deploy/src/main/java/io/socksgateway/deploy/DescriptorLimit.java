package io.socksgateway.deploy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The limit of descriptors of this process. */
final class DescriptorLimit {

    private DescriptorLimit() {}

    /** How many it may open, as its limit was when the JVM had started; 0 where there is no such limit. */
    static long value() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 0;
    }
}
