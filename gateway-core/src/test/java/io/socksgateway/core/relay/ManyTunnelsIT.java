package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Descriptors;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.TestTarget;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Up to 5,000 tunnels at once, of which each keeps two descriptors in the gateway and two in this test. */
class ManyTunnelsIT {

    private static final int MOST = 5_000;
    private static final int FEWEST = 500;
    private static final int EACH = 4;
    private static final int RESERVE = 400;

    @ParameterizedTest
    @EnumSource(names = {"NETTY", "COPYING"})
    void allOfThemWork(RelayPath path) throws Exception {
        long limit =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        int count = (int) Math.min(MOST, (limit - Descriptors.open() - RESERVE) / EACH);
        assumeThat(count).as("tunnels that the descriptors suffice for").isGreaterThan(FEWEST);
        try (CoreGateway gateway = path.setup().start();
                TestTarget target = TestTarget.manual()) {
            int before = Descriptors.open();
            List<OpenTunnel> tunnels = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                tunnels.add(OpenTunnel.through(gateway, target));
            }
            assertThat(Descriptors.open() - before).isLessThanOrEqualTo(count * EACH);
            for (OpenTunnel tunnel : tunnels) {
                tunnel.client().send("01");
                assertThat(tunnel.far().getInputStream().read()).isOne();
                tunnel.far().getOutputStream().write(2);
                tunnel.client().expect("02");
            }
            for (int i = 0; i < count; i++) {
                if (i % 3 == 0) {
                    tunnels.get(i).client().reset();
                }
                tunnels.get(i).close();
            }
            for (int i = 0; i < count; i++) {
                assertThat(gateway.nextRecord().bytesUp()).isOne();
            }
            assertThat(Descriptors.settled(before)).isLessThanOrEqualTo(before);
        }
    }
}
