package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.quota.Allowance;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Traffic traffic = new Traffic(new DeadlineWheel(loop), Allowance.unlimited(), () -> {});

    @AfterEach
    void stop() {
        loop.shutdownGracefully();
    }

    @Test
    void onlyDnsMeansSomeAndNoOther() {
        assertThat(traffic.onlyDns()).isFalse();
        traffic.sent(to(53), 10);
        traffic.sent(to(53), 10);
        assertThat(traffic.onlyDns()).isTrue();
        traffic.sent(to(443), 10);
        assertThat(traffic.onlyDns()).isFalse();
        traffic.sent(to(53), 10);
        assertThat(traffic.onlyDns()).isFalse();
        assertThat(traffic.bytes().up()).isEqualTo(40);
    }

    @Test
    void aDenialCountsUntilSomethingWasAllowed() {
        traffic.denied("no");
        assertThat(traffic.rule()).isEqualTo("no");
        Target target = to(1);
        target.write("yes");
        traffic.sent(target, 1);
        traffic.denied("no");
        assertThat(traffic.rule()).isEqualTo("yes");
        assertThat(traffic.latest()).isSameAs(target);
    }

    private static Target to(int port) {
        return new Target(new InetSocketAddress(Addresses.parse("192.0.2.1").orElseThrow(), port));
    }
}
