package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.wire.UdpHeader;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the datagrams of an association go: destination → rules → the socket of its family. The verdict on a destination
 * is found once and remembered with it.
 *
 * <p>Confined to its event loop.
 */
final class Routes implements TargetPort.Judge {

    /** What may wait for all names of an association together, in octets. */
    private static final int MAX_WAITING = 256 * 1024;

    /** Names that may be looked up at one time. */
    private static final int MAX_LOOKUPS = 32;

    private final UdpServices services;
    private final LoopResources resources;
    private final Subject subject;
    private final Traffic traffic;
    private final Targets targets = new Targets();
    private final NamedTargets names = new NamedTargets(this);
    private final Budget waiting = new Budget(MAX_WAITING);
    private final TargetPort v4;
    private final TargetPort v6;
    private RuleSet judges;
    private int lookups;

    Routes(UdpServices services, LoopResources resources, Subject subject, Traffic traffic, Answers answers) {
        this.services = services;
        this.resources = resources;
        this.subject = subject;
        this.traffic = traffic;
        this.judges = services.rules();
        this.v4 = new TargetPort(services, resources, false, targets, answers, this);
        this.v6 = new TargetPort(services, resources, true, targets, answers, this);
    }

    /** Takes what comes back. */
    interface Answers {

        /**
         * Sends a datagram to the client.
         *
         * @param header for its source
         * @param payload released in the end
         */
        void answer(byte[] header, ByteBuf payload);

        /** A batch of answers is complete. */
        void flush();
    }

    /** The target of an address, which the rules are asked about when the first datagram is for it. */
    Target find(UdpHeader header) {
        Target known = targets.find(header.high(), header.low(), header.port());
        return known == null ? targets.of(header.socketAddress()) : known;
    }

    /** The target of a name, or null if it is none that could be resolved. */
    @Nullable
    NamedTarget findName(UdpHeader header, ByteBuf datagram) {
        return names.find(header, datagram);
    }

    /**
     * Sends a datagram to an address that the client gave.
     *
     * @param payload released in the end
     */
    void relay(Target target, ByteBuf payload) {
        useCurrentRules();
        Verdict verdict = target.verdict();
        if (verdict == null) {
            verdict = decide(target.address());
            target.verdict(verdict);
        }
        if (verdict.allowed()) {
            transmit(target, verdict.rule(), payload);
        } else {
            drop(Drop.DENIED, verdict.rule(), payload);
        }
    }

    /** Forgets what other rules than those of now have said. */
    @Override
    public void useCurrentRules() {
        RuleSet now = services.rules();
        if (now != judges) {
            judges = now;
            targets.forgetVerdicts(this::mayBeSentTo);
            names.forgetVerdicts();
        }
    }

    private Verdict decide(InetSocketAddress address) {
        return judges.decide(subject, null, address.getAddress(), address.getPort());
    }

    @Override
    public boolean mayBeSentTo(InetSocketAddress address) {
        return decide(address).allowed();
    }

    /**
     * Sends a datagram to a target that a rule has allowed.
     *
     * @param payload released in the end
     * @return the target as it is remembered
     */
    Target send(Target target, @Nullable String rule, ByteBuf payload) {
        Target kept = targets.keep(target);
        transmit(kept, rule, payload);
        return kept;
    }

    private void transmit(Target target, @Nullable String rule, ByteBuf payload) {
        int length = payload.readableBytes();
        if (!traffic.admits(Direction.UP, length)) {
            drop(Drop.QUOTA, rule, payload);
        } else if ((target.isV6() ? v6 : v4).write(target, payload)) {
            target.write(rule);
            traffic.sent(target, length);
        } else {
            traffic.notRelayed(Direction.UP, length);
        }
    }

    void drop(Drop cause, @Nullable String rule, ByteBuf payload) {
        payload.release();
        services.drops().count(cause);
        if (cause == Drop.DENIED) {
            traffic.denied(rule);
        }
    }

    /** Sends the batch. */
    void flush() {
        v4.flush();
        v6.flush();
    }

    /** Counts a name that is being looked up; false if there are too many. */
    boolean beginLookup() {
        return lookups < MAX_LOOKUPS && ++lookups > 0;
    }

    void endLookup() {
        lookups--;
    }

    /** Takes memory for a datagram that has to wait. */
    boolean reserve(int octets) {
        if (!waiting.take(octets)) {
            return false;
        }
        if (!resources.waiting().take(octets)) {
            waiting.give(octets);
            return false;
        }
        return true;
    }

    void give(int octets) {
        waiting.give(octets);
        resources.waiting().give(octets);
    }

    Target target(InetSocketAddress address) {
        return targets.of(address);
    }

    Subject subject() {
        return subject;
    }

    RuleSet rules() {
        return judges;
    }

    NameLookup names() {
        return services.names();
    }

    EventLoop loop() {
        return resources.loop();
    }

    /** Milliseconds of the wheel. */
    long now() {
        return resources.wheel().now();
    }

    void close() {
        names.forgetAll();
        v4.close();
        v6.close();
    }
}
