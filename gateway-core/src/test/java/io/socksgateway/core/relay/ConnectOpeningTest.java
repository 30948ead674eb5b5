package io.socksgateway.core.relay;

import static io.socksgateway.testkit.Unused.unused;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.HostNames;
import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.net.ConnectFailure;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionInfo;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.SocksRequest;
import io.socksgateway.core.wire.SocksVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a CONNECT if the rules, or the target, change while it is under way. */
class ConnectOpeningTest {

    private static final InetSocketAddress FIRST = address("192.0.2.1");
    private static final InetSocketAddress SECOND = address("192.0.2.2");

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EventLoop loop = client.eventLoop();
    private final CurrentRules rules = new CurrentRules(ruleSet(rule("all", true)));
    private final Map<InetSocketAddress, Promise<Channel>> attempts = new LinkedHashMap<>();
    private final List<String> outcome = new ArrayList<>();

    /** Notes what it is told. */
    private final class Notes implements Opening.Session {
        @Override
        public void reaches(InetSocketAddress address, @Nullable String rule) {}

        @Override
        public void denied(@Nullable String rule) {
            outcome.add("denied by " + rule);
        }

        @Override
        public void announce(InetSocketAddress bound) {
            outcome.add("announced");
        }

        @Override
        public void opened(Channel peer, InetSocketAddress told) {
            outcome.add("opened from " + Addresses.format(told.getAddress()));
        }

        @Override
        public void failed(Failure failure) {
            outcome.add("failed: " + failure);
        }

        @Override
        public void abandoned() {
            outcome.add("abandoned");
        }
    }

    /** A target of which the kernel does not know much any more. */
    private static final class Target extends EmbeddedChannel {
        private final @Nullable SocketAddress local;

        Target(@Nullable InetSocketAddress local) {
            this.local = local;
        }

        @Override
        public @Nullable SocketAddress localAddress() {
            return local;
        }
    }

    private static InetSocketAddress address(String literal) {
        return new InetSocketAddress(Addresses.parse(literal).orElseThrow(), 443);
    }

    private static Rule rule(String id, boolean allow, String... to) {
        Destinations all = to.length == 0 ? Destinations.ANY : Destinations.none();
        for (String item : to) {
            all = all.with(item).orElseThrow();
        }
        return new Rule(id, allow, Set.of(), Set.of(), List.of(), Set.of(), all, List.of());
    }

    private static RuleSet ruleSet(Rule... list) {
        return new RuleSet(List.of(list), (address, port) -> false);
    }

    private void start() {
        Connector connector = (where, remote) -> {
            Promise<Channel> promise = where.newPromise();
            attempts.put(remote, promise);
            return promise;
        };
        RelayServices services = new RelayServices(
                rules,
                unused(),
                unused(),
                TimeoutsConfig.DEFAULT,
                (where, name, port) -> resolved(where),
                connector,
                unused(),
                unused(),
                unused());
        SocksRequest request = new SocksRequest(
                SocksVersion.SOCKS5,
                1,
                new Endpoint(HostNames.parse("name.example").orElseThrow(), 443),
                "");
        SessionInfo info = new SessionInfo(
                "id",
                "public",
                address("198.51.100.7"),
                new Identity(null, Set.of()),
                request,
                Command.CONNECT,
                List.of(),
                Allowance.unlimited(),
                0);
        new ConnectOpening(services, info, loop, new DeadlineWheel(loop), new Notes()).start();
        client.runPendingTasks();
    }

    private static Future<List<InetSocketAddress>> resolved(EventLoop where) {
        return where.newSucceededFuture(List.of(FIRST, SECOND));
    }

    private Promise<Channel> attempt(InetSocketAddress remote) {
        return Objects.requireNonNull(attempts.get(remote), remote.toString());
    }

    private Target connect(InetSocketAddress remote, @Nullable String local) {
        Target target = new Target(local == null ? null : address(local));
        attempt(remote).setSuccess(target);
        client.runPendingTasks();
        return target;
    }

    private void refuse(InetSocketAddress remote) {
        attempt(remote).setFailure(new ConnectFailure(Failure.REFUSED, "told to"));
        client.runPendingTasks();
    }

    @Test
    void aConnectionThatNewRulesDenyIsNotKept() {
        start();
        rules.replace(ruleSet(rule("now-closed", false, "192.0.2.1"), rule("all", true)));
        Target target = connect(FIRST, "192.0.2.99");
        assertThat(outcome).containsExactly("denied by now-closed");
        assertThat(target.isOpen()).isFalse();
    }

    @Test
    void anAddressThatNewRulesDenyIsNotTriedAnyMore() {
        start();
        rules.replace(ruleSet(rule("now-closed", false, "192.0.2.2"), rule("all", true)));
        refuse(FIRST);
        assertThat(attempts.keySet()).containsExactly(FIRST);
        assertThat(outcome).containsExactly("failed: REFUSED"); // which says more of the target
    }

    @Test
    void rulesThatStillAllowItChangeNothing() {
        start();
        rules.replace(ruleSet(rule("other", false, "192.0.2.3"), rule("all", true)));
        refuse(FIRST);
        Target target = connect(SECOND, "192.0.2.99");
        assertThat(outcome).containsExactly("opened from 192.0.2.99");
        assertThat(target.isOpen()).isTrue();
    }

    @Test
    void aTargetWithoutAnAddressHasGone() {
        start();
        Target target = connect(FIRST, null);
        assertThat(outcome).containsExactly("failed: REFUSED");
        assertThat(target.isOpen()).isFalse();
        assertThat(attempts).hasSize(1);
    }
}
