package io.socksgateway.core.net.dns;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.session.Failure;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lookup of one name: both families are asked at the same time.
 *
 * <p>Once one has addresses the other is waited for a little only: there are servers that never answer for AAAA. What
 * they say later still goes into the cache. Confined to its event loop.
 */
final class Lookup {

    /** How long the second family is waited for once the first has addresses, in milliseconds. */
    static final long GRACE = 500;

    /** The least and the most seconds that addresses are remembered, whatever their TTL. */
    static final long LEAST_TTL = 5;

    static final long MOST_TTL = 300;

    /** Seconds that addresses are remembered if the servers said nothing about the other family. */
    static final long HALF_TTL = 30;

    /** Seconds for which it is remembered that there is no such name. */
    static final long NEGATIVE_TTL = 5;

    private static final Answer NOT_ASKED = new Answer.Missing();

    private final EventLoop loop;
    private final String name;
    private final AddressFamily family;
    private final NameCache cache;
    private final Promise<Resolution> promise;
    private @Nullable Answer ipv4;
    private @Nullable Answer ipv6;

    /**
     * Prepares a lookup.
     *
     * @param promise for the first usable result; fails with a {@link NameFailure} if no server says anything, but
     *     succeeds without addresses if there are none
     */
    Lookup(EventLoop loop, String name, AddressFamily family, NameCache cache, Promise<Resolution> promise) {
        this.loop = loop;
        this.name = name;
        this.family = family;
        this.cache = cache;
        this.promise = promise;
        this.ipv4 = family == AddressFamily.IPV6 ? NOT_ASKED : null;
        this.ipv6 = family == AddressFamily.IPV4 ? NOT_ASKED : null;
    }

    /** Asks the servers. {@code onEnd} runs once nothing more is to be learnt from them. */
    void start(Questioner questioner, NameServers servers, Runnable onEnd) {
        if (family != AddressFamily.IPV4) {
            Inquiry.start(questioner, servers, name, DnsRecordType.AAAA, answer(given -> {
                ipv6 = given;
                answered(onEnd);
            }));
        }
        if (family != AddressFamily.IPV6) {
            Inquiry.start(questioner, servers, name, DnsRecordType.A, answer(given -> {
                ipv4 = given;
                answered(onEnd);
            }));
        }
    }

    private interface Taker {
        void take(Answer answer);
    }

    private Promise<Answer> answer(Taker taker) {
        Promise<Answer> answer = loop.newPromise();
        answer.addListener((FutureListener<Answer>) (Future<Answer> done) -> taker.take(done.getNow()));
        return answer;
    }

    private void answered(Runnable onEnd) {
        if (ipv4 != null && ipv6 != null) {
            end(ipv4, ipv6, onEnd);
        } else if (ipv4 instanceof Answer.Found || ipv6 instanceof Answer.Found) {
            loop.schedule(this::settleForOne, GRACE, TimeUnit.MILLISECONDS);
        }
    }

    private void settleForOne() {
        if (!promise.isDone()) {
            Resolution half = new Resolution(addresses(ipv4), addresses(ipv6));
            cache.put(name, half, LEAST_TTL);
            promise.setSuccess(half);
        }
    }

    /** Remembers, then ends, then tells: whoever asks again once told finds the one or starts anew. */
    private void end(Answer four, Answer six, Runnable onEnd) {
        Resolution resolution = new Resolution(addresses(four), addresses(six));
        boolean found = !resolution.equals(Resolution.NONE);
        if (found || (four instanceof Answer.Missing && six instanceof Answer.Missing)) {
            cache.put(name, resolution, found ? lifetime(four, six) : NEGATIVE_TTL);
            onEnd.run();
            promise.trySuccess(resolution);
        } else {
            String why = four instanceof Answer.Failed failed ? failed.why() : ((Answer.Failed) six).why();
            onEnd.run();
            promise.tryFailure(new NameFailure(Failure.NAME_UNANSWERED, "name " + name + ": " + why));
        }
    }

    private static long lifetime(Answer four, Answer six) {
        long most = four instanceof Answer.Failed || six instanceof Answer.Failed ? HALF_TTL : MOST_TTL;
        return Math.max(LEAST_TTL, Math.min(most, Math.min(ttl(four), ttl(six))));
    }

    private static long ttl(Answer answer) {
        return answer instanceof Answer.Found found ? found.ttl() : Long.MAX_VALUE;
    }

    private static List<InetAddress> addresses(@Nullable Answer answer) {
        return answer instanceof Answer.Found found ? found.addresses() : List.of();
    }
}
