package io.socksgateway.core.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.net.ConnectFailure;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.SessionInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CONNECT: resolve → check each address → dial. An address that is dialled is one that was checked, and no other. If other
 * rules come into force meanwhile, what they deny is not dialled any more, and not kept if it is connected.
 *
 * <p>Confined to its event loop.
 */
final class ConnectOpening implements Opening {

    private final RelayServices services;
    private final Connector connector;
    private final Subject subject;
    private final Endpoint destination;
    private final EventLoop loop;
    private final DeadlineWheel wheel;
    private final Session session;
    private final Deadline deadline;
    private @Nullable String name;
    private @Nullable RuleSet judges;
    private @Nullable Race race;
    private boolean done;

    ConnectOpening(RelayServices services, SessionInfo info, EventLoop loop, DeadlineWheel wheel, Session session) {
        this.services = services;
        InetAddress source = info.identity().egress();
        this.connector =
                source == null ? services.connector() : services.connector().from(source);
        this.subject = info.subject();
        this.destination = info.request().destination();
        this.loop = loop;
        this.wheel = wheel;
        this.session = session;
        this.deadline = Deadline.of(() -> fail(Failure.TIMED_OUT));
    }

    @Override
    public void start() {
        wheel.arm(deadline, services.timeouts().connect());
        if (destination.host() instanceof Host.Address address) {
            check(List.of(new InetSocketAddress(address.value(), destination.port())));
        } else {
            resolve(destination.host().toString());
        }
    }

    private void resolve(String asked) {
        name = asked;
        services.names()
                .resolveAll(loop, asked, destination.port(), subject.client())
                .addListener((Future<List<InetSocketAddress>> resolved) -> {
                    if (done) {
                        return;
                    }
                    if (resolved.isSuccess() && !resolved.getNow().isEmpty()) {
                        check(resolved.getNow());
                    } else {
                        fail(NameFailure.kindOf(resolved.cause()));
                    }
                });
    }

    private void check(List<InetSocketAddress> addresses) {
        List<InetSocketAddress> allowed = new ArrayList<>(addresses.size());
        Verdict denial = null;
        RuleSet rules = services.rules();
        judges = rules;
        for (InetSocketAddress address : addresses) {
            Verdict verdict = decide(rules, address);
            if (verdict.allowed()) {
                allowed.add(address);
            } else if (denial == null) {
                denial = verdict;
            }
        }
        if (allowed.isEmpty()) {
            cancel();
            session.denied(denial == null ? null : denial.rule());
        } else {
            dial(allowed);
        }
    }

    private Verdict decide(RuleSet rules, InetSocketAddress address) {
        return rules.decide(subject, name, address.getAddress(), address.getPort());
    }

    private void dial(List<InetSocketAddress> addresses) {
        Verdict unused = reaches(addresses.get(0));
        race = new Race(this::connect, loop, wheel, addresses, new Race.Listener() {
            @Override
            public void connected(Channel target, InetSocketAddress address) {
                ConnectOpening.this.connected(target, address);
            }

            @Override
            public void failed(Failure failure, InetSocketAddress address) {
                Verdict unused = reaches(address);
                fail(failure);
            }
        });
        race.start();
    }

    private Future<Channel> connect(EventLoop where, InetSocketAddress address) {
        return services.rules() == judges || decide(services.rules(), address).allowed()
                ? connector.connect(where, address)
                : where.newFailedFuture(new ConnectFailure(Failure.DENIED, "rules deny it now"));
    }

    private void connected(Channel target, InetSocketAddress address) {
        Verdict verdict = reaches(address);
        InetSocketAddress local = (InetSocketAddress) target.localAddress();
        if (!verdict.allowed()) {
            Sockets.reset(target);
            cancel();
            session.denied(verdict.rule());
        } else if (local == null) { // gone already
            Sockets.close(target);
            fail(Failure.REFUSED);
        } else {
            done = true;
            deadline.cancel();
            session.opened(target, local);
        }
    }

    /**
     * Tells the session which address it is about. Whoever puts other rules in force looks at the sessions once each event loop
     * has had a turn since: a turn that has still decided by those of before is over then, and its address is seen.
     */
    private Verdict reaches(InetSocketAddress address) {
        Verdict verdict = decide(services.rules(), address);
        session.reaches(address, verdict.rule());
        return verdict;
    }

    private void fail(Failure failure) {
        if (!done) {
            cancel();
            session.failed(failure);
        }
    }

    @Override
    public void cancel() {
        done = true;
        deadline.cancel();
        if (race != null) {
            race.cancel();
        }
    }

    /** It may have said all it has to say; the target hears it. */
    @Override
    public void clientFinished(ChannelHandlerContext client) {}
}
