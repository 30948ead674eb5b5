package io.socksgateway.core.net.dns;

import io.netty.channel.AddressedEnvelope;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.address.Endpoint;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The question for the addresses of one family: put to one server after the other until one answers, and again for the
 * name that an alias leads to.
 *
 * <p>A server that fails is not asked again; one that is silent is, as datagrams get lost. There are at most four tries
 * without an answer, each of the resolver's timeout. The second time, or at once if it cannot read the question, a server
 * is asked without EDNS.
 *
 * <p>Confined to its event loop.
 */
final class Inquiry {

    private static final int MOST_FAILURES = 4;
    private static final int MOST_ALIASES = 8;

    private final Questioner questioner;
    private final NameServers servers;
    private final DnsRecordType type;
    private final Promise<Answer> answer;
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private Deque<InetSocketAddress> waiting = new ArrayDeque<>();
    private long ttl = Integer.MAX_VALUE;
    private int failures;
    private int aliases;

    private Inquiry(Questioner questioner, NameServers servers, DnsRecordType type, Promise<Answer> answer) {
        this.questioner = questioner;
        this.servers = servers;
        this.type = type;
        this.answer = answer;
    }

    /**
     * Asks. The answer is never an alias and the promise never fails.
     *
     * @param type A or AAAA
     */
    static void start(
            Questioner questioner, NameServers servers, String name, DnsRecordType type, Promise<Answer> answer) {
        new Inquiry(questioner, servers, type, answer).ask(name);
    }

    private void ask(String name) {
        DnsQuestion question;
        try {
            question = new DefaultDnsQuestion(name, type);
        } catch (IllegalArgumentException e) { // an alias for a name that cannot be
            answer.setSuccess(new Answer.Missing());
            return;
        }
        waiting = new ArrayDeque<>(servers.inOrder());
        next(question, new Answer.Failed("no name server"));
    }

    private void next(DnsQuestion question, Answer.Failed soFar) {
        InetSocketAddress server = failures < MOST_FAILURES ? waiting.poll() : null;
        if (server == null) {
            answer.setSuccess(soFar);
        } else {
            put(question, server, !silent.contains(server));
        }
    }

    private void put(DnsQuestion question, InetSocketAddress server, boolean edns) {
        questioner
                .ask(server, question, edns)
                .addListener((Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> done) -> {
                    if (!done.isSuccess()) {
                        unanswered(server, question, done.cause());
                        return;
                    }
                    servers.answered(server);
                    if (edns && mayNotKnowEdns(done.getNow().content().code())) {
                        done.getNow().release();
                        put(question, server, false);
                    } else {
                        answered(server, question, read(done.getNow(), question));
                    }
                });
    }

    private static boolean mayNotKnowEdns(DnsResponseCode code) {
        return code.equals(DnsResponseCode.FORMERR) || code.equals(DnsResponseCode.NOTIMP);
    }

    private static Answer read(AddressedEnvelope<DnsResponse, InetSocketAddress> envelope, DnsQuestion question) {
        try {
            return AnswerReader.read(envelope.content(), question);
        } finally {
            envelope.release();
        }
    }

    private void answered(InetSocketAddress server, DnsQuestion question, Answer given) {
        if (given instanceof Answer.Failed failed) {
            failures++;
            next(question, new Answer.Failed(Endpoint.of(server) + ": " + failed.why()));
        } else if (given instanceof Answer.Alias alias) {
            follow(alias);
        } else if (given instanceof Answer.Found found) {
            answer.setSuccess(new Answer.Found(found.addresses(), Math.min(ttl, found.ttl())));
        } else {
            answer.setSuccess(given);
        }
    }

    private void follow(Answer.Alias alias) {
        ttl = Math.min(ttl, alias.ttl());
        if (++aliases > MOST_ALIASES) {
            answer.setSuccess(new Answer.Failed("more than " + MOST_ALIASES + " aliases in a row"));
        } else {
            ask(alias.name());
        }
    }

    private void unanswered(InetSocketAddress server, DnsQuestion question, Throwable cause) {
        failures++;
        servers.silent(server, question.name());
        if (silent.add(server)) {
            waiting.add(server);
        }
        boolean timeout = cause instanceof DnsNameResolverTimeoutException;
        next(question, new Answer.Failed(Endpoint.of(server) + ": " + (timeout ? "no answer" : cause.getMessage())));
    }
}
