package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names as destinations of datagrams. */
class NamesIT {

    private final UdpGateway gateway = UdpGateway.start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void answersCarryTheAddressBehindTheName() throws Exception {
        gateway.names().put("four.test", "127.0.0.1");
        gateway.names().put("six.test", "::1");
        try (UdpPeer four = UdpPeer.v4();
                UdpPeer six = UdpPeer.v6();
                UdpClient client = gateway.associate()) {
            client.sendText(UdpClient.header("four.test", four.port()), "to four");
            assertThat(four.receiveText()).isEqualTo("to four");
            four.answer("from four");
            client.expect(four.address(), "from four");
            client.sendText(UdpClient.header("six.test", six.port()), "to six");
            assertThat(six.receiveText()).isEqualTo("to six");
            six.answer("from six");
            client.expect(six.address(), "from six");
        }
    }

    @Test
    void aSlowNameHoldsUpNothingButItself() throws Exception {
        try (UdpPeer slow = UdpPeer.v4();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.sendText(UdpClient.header("slow.test", slow.port()), "one");
            client.sendText(UdpClient.header("slow.test", slow.port()), "two");
            client.ping(target, "quick");
            gateway.names().put("fast.test", "127.0.0.1");
            client.sendText(UdpClient.header("fast.test", target.port()), "also quick");
            assertThat(target.receiveText()).isEqualTo("also quick");

            gateway.names().answer("slow.test", slow.port(), "127.0.0.1");

            assertThat(slow.receiveText()).isEqualTo("one");
            assertThat(slow.receiveText()).isEqualTo("two");
            slow.answer("at last");
            client.expect(slow.address(), "at last");
            assertThat(gateway.names().asked()).isEqualTo(2);
        }
    }

    @Test
    void notMuchWaitsForAName() throws Exception {
        try (UdpPeer slow = UdpPeer.v4();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            for (int i = 0; i < 40; i++) {
                client.sendText(UdpClient.header("slow.test", slow.port()), "n" + i);
                client.ping(target, "x");
            }
            assertThat(gateway.drops(Drop.NAME)).isEqualTo(8);
            gateway.names().answer("slow.test", slow.port(), "127.0.0.1");
            for (int i = 0; i < 32; i++) {
                assertThat(slow.receiveText()).isEqualTo("n" + i);
            }
        }
    }

    @Test
    void notManyOctetsWaitForANameAndNotManyNamesAreAskedFor() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            byte[] large = new byte[40_000];
            client.send(UdpClient.header("slow.test", 1), large);
            client.send(UdpClient.header("slow.test", 1), large);
            client.ping(target, "x");
            assertThat(gateway.drops(Drop.NAME)).isEqualTo(1);

            for (int i = 0; i < 100; i++) {
                client.sendText(UdpClient.header("n" + i + ".test", 1), "x");
                client.ping(target, "y");
            }
            assertThat(gateway.names().asked()).isEqualTo(32);
            assertThat(gateway.drops(Drop.NAME)).isEqualTo(1 + 69);
        }
        assertThat(gateway.nextRecord()).isNotNull(); // the leak detector sees if anything still waits
    }

    @Test
    void aNameWithoutAddressLosesItsDatagramsOnly() throws Exception {
        gateway.names().put("none.test");
        try (UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.sendText(UdpClient.header("none.test", target.port()), "lost");
            client.sendText(UdpClient.header("late.test", target.port()), "lost too");
            client.ping(target, "x");
            gateway.names().fail("late.test");
            client.ping(target, "y");
            awaitDrops(2);
            gateway.names().put("late.test", "127.0.0.1");
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (gateway.names().asked() < 3 && System.nanoTime() < until) { // it is asked for again, a second later
                client.sendText(UdpClient.header("late.test", target.port()), "again");
                client.sendText(target.address(), "mark");
                while (!target.receiveText().equals("mark")) {
                    // "again", if it was resolved
                }
            }
            assertThat(gateway.names().asked()).isEqualTo(3);
        }
    }

    private void awaitDrops(int count) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (gateway.drops(Drop.NAME) < count && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(gateway.drops(Drop.NAME)).isEqualTo(count);
    }

    @Test
    void aFlowStaysWithItsAddress() throws Exception {
        gateway.names().put("two.test", "127.0.0.3", "127.0.0.4");
        try (UdpPeer first = new UdpPeer("127.0.0.3", 0);
                UdpClient client = gateway.associate()) {
            int port = first.port();
            client.sendText(UdpClient.header("two.test", port), "one");
            assertThat(first.receiveText()).isEqualTo("one");
            gateway.names().put("two.test", "127.0.0.4");
            client.sendText(UdpClient.header("two.test", port), "two");
            assertThat(first.receiveText()).isEqualTo("two");
            assertThat(gateway.names().asked()).isEqualTo(1);
        }
    }

    @Test
    void aLiteralGivenAsANameIsNotLookedUp() throws IOException {
        try (UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.sendText(UdpClient.header("127.0.0.1", target.port()), "one");
            assertThat(target.receiveText()).isEqualTo("one");
            client.sendText(UdpClient.header("::ffff:127.0.0.1", target.port()), "two");
            assertThat(target.receiveText()).isEqualTo("two");
            target.answer("yes");
            client.expect(target.address(), "yes");
            assertThat(gateway.names().asked()).isZero();
        }
    }

    @Test
    void theEndOfTheAssociationIsTheEndOfTheWait() throws Exception {
        try (UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.sendText(UdpClient.header("slow.test", target.port()), "one");
            client.ping(target, "x");
            client.control().finish().expectEnd();
            assertThat(gateway.nextRecord().bytesUp()).isEqualTo(1);
            gateway.names().answer("slow.test", target.port(), "127.0.0.1");
            try (UdpClient next = gateway.associate()) {
                next.ping(target, "nothing came before this");
            }
        }
    }
}
