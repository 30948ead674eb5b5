package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LoopCpu;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node that has as much as it may have: what clients get then, and that it recovers. */
class CapacityIT {

    private static final String FULL = "05 01 00 01 00 00 00 00 00 00";
    private static final String BIND = "05 02 00 01 00 00 00 00 00 00";
    private static final int MANY = 1_000;

    private static CoreGateway.Setup sessions(int most) {
        return capacity(most, MANY, MANY);
    }

    private static CoreGateway.Setup capacity(int sessions, int descriptors, int negotiating) {
        return CoreGateway.setup()
                .capacity(new CapacityLimits(sessions, Long.MAX_VALUE, sessions, descriptors, negotiating, 0));
    }

    private static void awaitRoom(CoreGateway gateway, InetSocketAddress target) throws Exception {
        awaitReply(0, gateway, target);
    }

    /** Whoever was there before has perhaps not quite left. */
    private static void awaitReply(int code, CoreGateway gateway, InetSocketAddress target) throws Exception {
        Eventually.isTrue("the reply is " + code, () -> {
            try (SocksClient client = gateway.client()) {
                return client.greet().connectTo(target).read(2)[1] == code;
            }
        });
    }

    /** Three clients are on both of two loops, and so are the fourth and the fifth. */
    @Test
    void beyondTheLimitARequestIsRefusedAtOnceOnEveryLoop() throws Exception {
        try (CoreGateway gateway = sessions(3).start();
                TestTarget target = TestTarget.echo();
                SocksClient first = gateway.client().tunnelTo(target.address());
                SocksClient second = gateway.client().tunnelTo(target.address());
                SocksClient third = gateway.client().tunnelTo(target.address());
                SocksClient fourth = gateway.client();
                SocksClient fifth = gateway.client()) {
            fourth.greet().connectTo(target.address()).expect(FULL).expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.FULL);
            assertThat(record.replyCode()).isEqualTo(1);
            assertThat(record.dialled()).isNull();
            fifth.send("04 01 %04x 7f000001 00".formatted(target.port()))
                    .expect("00 5b 0000 00000000")
                    .expectEnd();
            Eventually.isTrue("three came through", () -> target.mostOpen() == 3);

            for (SocksClient client : List.of(first, second, third)) {
                client.send("01 02 03").expect("01 02 03");
            }
            second.finish().expectEnd();
            awaitRoom(gateway, target.address());
            first.send("04").expect("04");
        }
    }

    @Test
    void ofManyAtOnceExactlyTheLimitGetIn() throws Exception {
        int limit = 20;
        int many = 64;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        List<SocksClient> clients = new ArrayList<>();
        try (CoreGateway gateway = sessions(limit).start();
                TestTarget target = TestTarget.echo()) {
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                SocksClient client = gateway.client().greet();
                clients.add(client);
                requests.add(() -> (int) client.connectTo(target.address()).read(2)[1]);
            }
            List<Integer> replies = new ArrayList<>();
            for (java.util.concurrent.Future<Integer> reply : threads.invokeAll(requests, 60, TimeUnit.SECONDS)) {
                replies.add(reply.get());
            }
            assertThat(replies).filteredOn(reply -> reply == 0).hasSize(limit);
            assertThat(replies).filteredOn(reply -> reply == 1).hasSize(many - limit);
            Eventually.isTrue("they came through", () -> target.mostOpen() == limit);
            for (SocksClient client : clients) {
                client.close();
            }
            for (int i = 0; i < many; i++) {
                assertThat(gateway.nextRecord()).isNotNull();
            }
            awaitRoom(gateway, target.address());
        } finally {
            threads.shutdownNow();
            for (SocksClient client : clients) {
                client.close();
            }
        }
    }

    /** A session that fails gives its room back, too. */
    @Test
    void refusedTargetsUseNothingUp() throws Exception {
        InetSocketAddress nobody = ClosedPort.address();
        try (CoreGateway gateway = sessions(1).start();
                TestTarget target = TestTarget.echo()) {
            for (int i = 0; i < 3; i++) {
                awaitReply(5, gateway, nobody);
                awaitRoom(gateway, target.address());
            }
        }
    }

    @Test
    void whatTheQuotasHadGrantedIsGivenBack() throws Exception {
        try (CoreGateway gateway = sessions(1)
                        .quotas(request -> Future.succeededFuture(new QuotaOutcome.Granted(List.of("per-user"))))
                        .start();
                TestTarget target = TestTarget.echo();
                SocksClient first = gateway.client().tunnelTo(target.address());
                SocksClient second = gateway.client()) {
            second.greet().connectTo(target.address()).expect(FULL).expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.quota()).isNull();
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
            assertThat(gateway.hasReleased()).isFalse();
            first.send("01").expect("01");
        }
    }

    @Test
    void aBindTakesThreeDescriptors() throws Exception {
        try (CoreGateway gateway = capacity(MANY, 4, MANY).start();
                TestTarget target = TestTarget.echo()) {
            try (SocksClient bind = gateway.client();
                    SocksClient second = gateway.client()) {
                assertThat(bind.greet().send(BIND).expectSuccess().getPort()).isPositive();
                second.greet().connectTo(target.address()).expect(FULL).expectEnd();
            }
            awaitRoom(gateway, target.address());
        }
    }

    /** Clients that do not go on keep others out of the gateway, but not for ever, and at no cost. */
    @Test
    void whileTooManyNegotiateTheNextOnesWaitToBeAccepted() throws Exception {
        List<SocksClient> clients = new ArrayList<>();
        try (CoreGateway gateway = capacity(MANY, MANY, 4).start();
                TestTarget target = TestTarget.echo();
                SocksClient tunnel = gateway.client().tunnelTo(target.address())) {
            for (int i = 0; i < 44; i++) {
                clients.add(gateway.client().send("05 01 00"));
            }
            List<SocksClient> waiting = clients.subList(4, clients.size());
            for (SocksClient client : clients.subList(0, 4)) {
                client.expect("05 00");
            }
            long before = LoopCpu.millis();
            waiting.get(0).expectSilence(1_000);
            assertThat(LoopCpu.millis() - before).as("CPU time in a second").isLessThan(200);
            for (SocksClient client : waiting) {
                assertThat(client.socket().getInputStream().available()).isZero();
            }
            tunnel.send("01").expect("01");

            for (SocksClient client : clients.subList(0, 4)) {
                client.connectTo(target.address()).expectSuccess();
            }
            for (SocksClient client : waiting) {
                client.expect("05 00").connectTo(target.address()).expectSuccess();
            }
            gateway.client().tunnelTo(target.address()).close();
        } finally {
            for (SocksClient client : clients) {
                client.close();
            }
        }
    }
}
