package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.rules.PortRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelayPortsTest {

    private static final InetAddress HERE = Addresses.parse("192.0.2.1").orElseThrow();
    private static final InetAddress THERE = Addresses.parse("192.0.2.2").orElseThrow();

    private final Set<Integer> foreign = new HashSet<>();
    private final List<Integer> asked = new ArrayList<>();

    @Test
    void withoutARangeTheSystemChooses() throws IOException {
        take(new RelayPorts(null, bound -> 0), HERE);

        assertThat(asked).containsExactly(0);
    }

    @Test
    void beginsAnywhereAndGoesAround() throws IOException {
        RelayPorts ports = new RelayPorts(new PortRange(40_000, 40_003), bound -> bound - 2);

        for (int i = 0; i < 4; i++) {
            take(ports, HERE);
        }

        assertThat(asked).containsExactly(40_002, 40_003, 40_000, 40_001);
        assertThatThrownBy(() -> take(ports, HERE)).isInstanceOf(IOException.class);
        assertThat(asked).as("its own ports are not even tried").hasSize(4);
    }

    @Test
    void passesPortsOfOthersByAndTriesThemAgainLater() throws IOException {
        RelayPorts ports = new RelayPorts(new PortRange(1, 3), bound -> 0);
        foreign.addAll(Set.of(1, 2));

        take(ports, HERE);
        assertThatThrownBy(() -> take(ports, HERE)).hasMessageContaining("1-3");
        foreign.clear();
        take(ports, HERE);

        assertThat(asked).containsExactly(1, 2, 3, 1, 2, 1);
    }

    @Test
    void aFreedPortIsThereAgain() throws IOException {
        RelayPorts ports = new RelayPorts(new PortRange(7, 7), bound -> 0);
        take(ports, HERE);
        assertThatThrownBy(() -> take(ports, HERE)).isInstanceOf(IOException.class);

        ports.free(HERE, 7);
        take(ports, HERE);

        assertThat(asked).containsExactly(7, 7);
    }

    @Test
    void eachAddressHasItsPorts() throws IOException {
        RelayPorts ports = new RelayPorts(new PortRange(7, 7), bound -> 0);

        take(ports, HERE);
        take(ports, THERE);

        assertThat(asked).containsExactly(7, 7);
    }

    private void take(RelayPorts ports, InetAddress local) throws IOException {
        assertThat(ports.open(local, this::open)).isNotNull();
    }

    private DatagramPort open(int port) throws IOException {
        asked.add(port);
        if (foreign.contains(port)) {
            throw new IOException("in use");
        }
        return new DatagramPort() {
            @Override
            public Channel channel() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void sendEmpty(InetSocketAddress to) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
