package io.socksgateway.core.net.dns;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.HostNames;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.ClientNetwork;
import io.socksgateway.core.session.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up: special names, the hosts file, what is remembered, and then the name servers.
 *
 * <p>Of Netty's resolver only the exchange of messages is used (ids, truncation and TCP, timeouts), with a socket and so a
 * port of its own for each question, which makes forged answers a matter of luck. Its caches and its order of things are
 * not: they know no limit, no shortest TTL of a chain, and wait for one family as long as for the other.
 *
 * <p>A name is looked up as it stands, without search domains. A name that several ask for at the same time is asked for
 * once. Thread-safe.
 */
public final class DnsNames implements NameLookup, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsNames.class);

    /** Milliseconds for one try; four tries stay within the usual {@code timeouts.connect}. */
    static final long TRY = 2_000;

    /** How often the system's files are read again, in milliseconds. */
    private static final long REFRESH = 30_000;

    /** The largest datagram that is asked for; what does not fit is fetched over TCP. */
    private static final int DATAGRAM = 1_232;

    /** Netty's decoder loses the content of an alias whose owner is no name. On the heap, nothing is lost with it. */
    static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private final List<InetSocketAddress> configured;
    private final AddressFamily family;
    private final NameCache cache;
    private final LongSupplier nanos;
    private final BooleanSupplier ipv6First;
    private final DnsNameResolverBuilder resolvers;
    private final ConcurrentMap<EventLoop, Questioner> questioners = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Promise<Resolution>> running = new ConcurrentHashMap<>();
    private final LookupShares shares;
    private final SparseLog full = new SparseLog(LOG, System::nanoTime);
    private final SparseLog clientFull = new SparseLog(LOG, System::nanoTime);
    private volatile BooleanSupplier closing = () -> true;
    private volatile SystemNames system;
    private volatile NameServers servers;

    DnsNames(
            Transport transport,
            List<InetSocketAddress> configured,
            AddressFamily family,
            NameCache cache,
            SystemNames system,
            BooleanSupplier ipv6First,
            LookupShares shares,
            LongSupplier nanos) {
        this.shares = shares;
        this.configured = List.copyOf(configured);
        this.family = family;
        this.cache = cache;
        this.nanos = nanos;
        this.ipv6First = ipv6First;
        this.resolvers = resolvers(transport);
        this.system = system;
        this.servers = new NameServers(configured.isEmpty() ? system.servers() : configured, nanos);
    }

    /**
     * Reads the hosts file, and the system's name servers unless there are others; both are read again every 30 seconds
     * until the Vert.x closes.
     *
     * @param servers asked in order; empty for those of the system
     * @param maxEntries the most names that are remembered, 0 for none
     * @param shares bounds the names that are asked for at a time
     */
    public static io.vertx.core.Future<DnsNames> open(
            Vertx vertx, List<InetSocketAddress> servers, AddressFamily family, int maxEntries, LookupShares shares) {
        LongSupplier nanos = System::nanoTime;
        return vertx.executeBlocking(() -> {
            DnsNames names = new DnsNames(
                    ((VertxInternal) vertx).transport(),
                    servers,
                    family,
                    new NameCache(maxEntries, nanos),
                    SystemNames.read(),
                    new Ipv6Route(nanos),
                    shares,
                    nanos);
            long refreshing = vertx.setPeriodic(REFRESH, id -> vertx.executeBlocking(SystemNames::read, false)
                    .onSuccess(names::refresh));
            names.closing = () -> vertx.cancelTimer(refreshing);
            return names;
        });
    }

    /** Reads the system's files no more. What is being looked up is still answered. */
    @Override
    public void close() {
        boolean unused = closing.getAsBoolean();
    }

    private static DnsNameResolverBuilder resolvers(Transport transport) {
        return new DnsNameResolverBuilder()
                .datagramChannelFactory(() -> onHeap(transport.datagramChannel()))
                .socketChannelFactory(() ->
                        onHeap((SocketChannel) transport.channelFactory(false).newChannel()))
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .queryTimeoutMillis(TRY)
                .maxPayloadSize(DATAGRAM)
                .searchDomains(List.of())
                .hostsFileEntriesResolver((name, types) -> null)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE);
    }

    private static <C extends Channel> C onHeap(C channel) {
        channel.config().setAllocator(HEAP);
        return channel;
    }

    /** Takes what the system's files say now. Servers that have not changed keep their record. */
    void refresh(SystemNames now) {
        system = now;
        if (configured.isEmpty() && !servers.all().equals(now.servers())) {
            LOG.info(
                    "name servers are now {}",
                    now.servers().stream().map(Endpoint::of).toList());
            servers = new NameServers(now.servers(), nanos);
        }
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port) {
        return resolve(loop, name, port, null);
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port, InetAddress client) {
        return resolve(loop, name, port, client);
    }

    private Future<List<InetSocketAddress>> resolve(
            EventLoop loop, String name, int port, @Nullable InetAddress client) {
        String canonical = HostNames.canonical(name);
        Promise<List<InetSocketAddress>> promise = loop.newPromise();
        Resolution known = known(canonical);
        if (known != null) {
            complete(promise, canonical, known, port);
        } else {
            lookUp(loop, canonical, client).addListener((FutureListener<Resolution>) done -> {
                if (done.isSuccess()) {
                    complete(promise, canonical, done.getNow(), port);
                } else {
                    LOG.debug("{}", done.cause().getMessage());
                    promise.setFailure(done.cause());
                }
            });
        }
        return promise;
    }

    private @Nullable Resolution known(String name) {
        Resolution special = SpecialNames.find(name);
        if (special != null) {
            return special;
        }
        Resolution local = system.find(name);
        return local != null ? local : cache.get(name);
    }

    private Future<Resolution> lookUp(EventLoop loop, String name, @Nullable InetAddress client) {
        Promise<Resolution> others = running.get(name);
        if (others != null) {
            return others;
        }
        String network = client == null ? null : ClientNetwork.of(client);
        LookupShares.Answer answer = shares.begin(network);
        if (answer != LookupShares.Answer.BEGINS) {
            warn(answer, network);
            return loop.newFailedFuture(NameFailure.refused("name " + name + ": too many lookups are running already"));
        }
        Promise<Resolution> mine = loop.newPromise();
        others = running.putIfAbsent(name, mine);
        if (others != null) {
            shares.end(network);
            return others;
        }
        loop.execute(() -> new Lookup(loop, name, family, cache, mine)
                .start(questioners.computeIfAbsent(loop, one -> new Questioner(resolvers, one)), servers, () -> {
                    running.remove(name, mine);
                    shares.end(network);
                }));
        return mine;
    }

    private void warn(LookupShares.Answer answer, @Nullable String client) {
        if (answer == LookupShares.Answer.CLIENT_FULL) {
            clientFull.warn("client " + client + " has its share of the " + shares.most()
                    + " names that can be looked up at a time, and more are refused. If the name servers are well, it asks"
                    + " for names that nobody answers for: deny it by a rule, or limit its sessions by a quota");
        } else {
            full.warn(shares.most() + " names are being looked up, as many as there may be, and more are refused: see"
                    + " whether the name servers are well (dns.servers), or raise the limit of descriptors");
        }
    }

    private void complete(Promise<List<InetSocketAddress>> promise, String name, Resolution resolution, int port) {
        List<InetAddress> addresses = resolution.addresses(family, ipv6First.getAsBoolean());
        if (addresses.isEmpty()) {
            promise.setFailure(new NameFailure(Failure.NAME_UNKNOWN, "name " + name + ": has no address"));
        } else {
            promise.setSuccess(addresses.stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList());
        }
    }
}
