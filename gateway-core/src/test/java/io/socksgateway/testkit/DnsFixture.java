package io.socksgateway.testkit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A name server on one free loopback port, UDP and TCP, that says what the test tells it to. Names that it was not told
 * of do not exist.
 */
public final class DnsFixture implements AutoCloseable {

    private static final int PORT_ATTEMPTS = 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, Consumer<DnsExchange>> behaviours = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final Channel udp;

    private DnsFixture() throws BindException {
        this.udp = bind();
    }

    public static DnsFixture start() throws BindException {
        return new DnsFixture();
    }

    /** The TCP port must be the UDP port, which another process may have. */
    private Channel bind() throws BindException {
        for (int i = 0; i < PORT_ATTEMPTS; i++) {
            Channel datagrams = new Bootstrap()
                    .group(loops)
                    .channel(NioDatagramChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new DatagramDnsQueryDecoder(),
                                            new DatagramDnsResponseEncoder(),
                                            new Datagrams());
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .syncUninterruptibly()
                    .channel();
            if (bindTcp((InetSocketAddress) datagrams.localAddress())) {
                return datagrams;
            }
            datagrams.close().syncUninterruptibly();
        }
        throw new BindException("no port that is free for UDP and TCP");
    }

    private boolean bindTcp(InetSocketAddress address) {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), new Streams());
                    }
                })
                .bind(address)
                .awaitUninterruptibly()
                .isSuccess();
    }

    /** Where it is asked. */
    public InetSocketAddress address() {
        return (InetSocketAddress) udp.localAddress();
    }

    /** Gives a name addresses of either family, with a TTL of a minute. */
    public DnsFixture name(String name, String... addresses) {
        return on(name, exchange -> {
            for (String address : addresses) {
                exchange.address(address, 60);
            }
            exchange.send();
        });
    }

    /** Answers each question for a name in a way of the test's own, on the server's thread. */
    public DnsFixture on(String name, Consumer<DnsExchange> behaviour) {
        behaviours.put(canonical(name), behaviour);
        return this;
    }

    /** The questions so far: {@code "A example.com."}. */
    public List<String> questions() {
        return List.copyOf(questions);
    }

    /** How often the addresses of one family of a name were asked for. */
    public long asked(String type, String name) {
        return questions.stream()
                .filter((type + " " + canonical(name))::equalsIgnoreCase)
                .count();
    }

    private void answer(DnsExchange exchange, DnsQuestion question) {
        questions.add(question.type().name() + " " + question.name());
        behaviours
                .getOrDefault(canonical(question.name()), unknown -> unknown.code(DnsResponseCode.NXDOMAIN)
                        .send())
                .accept(exchange);
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            answer(new DnsExchange(ctx.channel(), query, question, query.sender()), question);
        }
    }

    private final class Streams extends SimpleChannelInboundHandler<DnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            answer(new DnsExchange(ctx.channel(), query, question, null), question);
        }
    }
}
