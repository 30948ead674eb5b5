package io.socksgateway.udp;

import static io.socksgateway.testkit.Unused.unused;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.Ticker;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.config.UdpConfig;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.UdpHeader;
import io.socksgateway.testkit.Hex;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a flow to a name when the name is looked up again, under a clock of the test's. */
class NamedTargetTest {

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final EventLoop loop = channel.eventLoop();
    private final LoopResources resources = LoopResources.of(loop);
    private final Queue<Promise<List<InetSocketAddress>>> lookups = new ArrayDeque<>();
    private final CurrentRules rules = new CurrentRules(ruleSet(rule("all", true)));
    private final DropCounters drops = new DropCounters();
    private final List<String> sent = new ArrayList<>();
    private final Kernel kernel = new Kernel();
    private final Deadline clock = Deadline.of(() -> {});
    private NamedTarget name;
    private Routes routes;

    /** Notes what is sent. */
    private final class Kernel extends EmbeddedChannel implements DatagramPort {
        @Override
        protected void doWrite(ChannelOutboundBuffer in) {
            for (DatagramPacket packet = (DatagramPacket) in.current();
                    packet != null;
                    packet = (DatagramPacket) in.current()) {
                String to = Addresses.format(packet.recipient().getAddress());
                sent.add(packet.content().toString(StandardCharsets.US_ASCII) + " to " + to);
                in.remove();
            }
        }

        @Override
        public Channel channel() {
            return this;
        }

        @Override
        public void sendEmpty(InetSocketAddress to) {
            throw new AssertionError("empty");
        }
    }

    private static final class NoAnswers implements Routes.Answers {
        @Override
        public void answer(byte[] header, ByteBuf payload) {
            throw new AssertionError("answer");
        }

        @Override
        public void flush() {}
    }

    private static RuleSet ruleSet(Rule... list) {
        return new RuleSet(List.of(list), (address, port) -> false);
    }

    private static Rule rule(String id, boolean allow, String... to) {
        Destinations all = to.length == 0 ? Destinations.ANY : Destinations.none();
        for (String item : to) {
            all = all.with(item).orElseThrow();
        }
        return new Rule(id, allow, Set.of(), Set.of(), List.of(), Set.of(), all, List.of());
    }

    private static InetSocketAddress address(String literal) {
        return new InetSocketAddress(Addresses.parse(literal).orElseThrow(), 443);
    }

    @BeforeEach
    void open() {
        resources.wheel().arm(clock, TimeUnit.DAYS.toMillis(1));
        UdpServices services = new UdpServices(
                rules,
                unused(),
                unused(),
                UdpConfig.DEFAULT,
                new Egress(List.of(), false),
                (where, asked, port) -> {
                    Promise<List<InetSocketAddress>> lookup = where.newPromise();
                    lookups.add(lookup);
                    return lookup;
                },
                (where, local, handler) -> kernel,
                unused(),
                drops,
                unused());
        Subject subject = new Subject(address("198.51.100.7").getAddress(), null, Set.of(), Command.UDP);
        Traffic traffic = new Traffic(resources.wheel(), Allowance.unlimited(), () -> {});
        routes = new Routes(services, resources, subject, traffic, new NoAnswers());
        ByteBuf datagram = Unpooled.wrappedBuffer(Hex.bytes(UdpClient.header("name.example", 443)));
        UdpHeader header = new UdpHeader();
        assertThat(header.decode(datagram)).isTrue();
        name = Objects.requireNonNull(routes.findName(header, datagram));
        send("first");
        found("192.0.2.1", "192.0.2.2");
        assertSent("first to 192.0.2.1");
    }

    @AfterEach
    void close() {
        routes.close();
        resources.slab().release();
        kernel.finishAndReleaseAll();
    }

    private void send(String text) {
        name.relay(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        routes.flush();
    }

    private void found(String... addresses) {
        lookups.remove()
                .setSuccess(
                        Arrays.stream(addresses).map(NamedTargetTest::address).toList());
        channel.runPendingTasks();
    }

    private void failed(Failure kind) {
        lookups.remove().setFailure(new NameFailure(kind, "told to"));
        channel.runPendingTasks();
    }

    private void pass(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** What was sent since the last time. */
    private void assertSent(String... datagrams) {
        assertThat(sent).containsExactly(datagrams);
        sent.clear();
    }

    /** The address is not fresh any more, and asked for again in the background. */
    private void refresh() {
        pass(NamedTarget.FRESH + 100);
        send("meanwhile");
        assertSent("meanwhile to 192.0.2.1");
        assertThat(lookups).hasSize(1);
    }

    @Test
    void aFlowGoesOnWhileNobodyAnswersForTheName() {
        refresh();
        failed(Failure.NAME_UNANSWERED);
        send("again");
        assertSent("again to 192.0.2.1");
        assertThat(lookups).isEmpty(); // not at once
        pass(1_100);
        send("later");
        assertThat(lookups).hasSize(1);
        failed(Failure.NAME_UNANSWERED);
        pass(1_100);
        send("later still");
        found("192.0.2.1");
        assertSent("later to 192.0.2.1", "later still to 192.0.2.1");
        assertThat(drops.total(Drop.NAME)).isZero();
    }

    @Test
    void itEndsIfThereIsNoSuchNameAnyMore() {
        refresh();
        failed(Failure.NAME_UNKNOWN);
        send("again");
        assertSent();
        assertThat(drops.total(Drop.NAME)).isEqualTo(1);
    }

    @Test
    void itMovesIfTheNameHasMoved() {
        refresh();
        found("192.0.2.3");
        send("again");
        assertSent("again to 192.0.2.3");
    }

    @Test
    void itIsNotKeptAliveByRulesThatWereReplaced() {
        refresh();
        rules.replace(ruleSet(rule("closed", false, "192.0.2.1"), rule("all", true)));
        failed(Failure.NAME_UNANSWERED);
        send("waits");
        assertSent();
        found("192.0.2.1", "192.0.2.2");
        assertSent("waits to 192.0.2.2");
    }

    @Test
    void aReloadEndsNoFlowThatItsRulesAllowWhileNobodyAnswersForTheName() {
        rules.replace(ruleSet(rule("other", true)));
        send("waits");
        assertSent();
        failed(Failure.NAME_UNANSWERED);
        assertSent("waits to 192.0.2.1");
        send("again");
        assertSent("again to 192.0.2.1");
        assertThat(drops.total(Drop.NAME)).isZero();
    }

    @Test
    void itEndsOneThatTheyDoNot() {
        rules.replace(ruleSet(rule("closed", false, "192.0.2.1"), rule("all", true)));
        send("waits");
        failed(Failure.NAME_UNANSWERED);
        send("again");
        assertSent();
        assertThat(drops.total(Drop.DENIED)).isEqualTo(2);
    }

    @Test
    void aReloadMovesNoFlowWhoseAddressTheNameStillHas() {
        rules.replace(ruleSet(rule("other", true)));
        send("waits");
        found("192.0.2.2", "192.0.2.1");
        assertSent("waits to 192.0.2.1");
    }
}
