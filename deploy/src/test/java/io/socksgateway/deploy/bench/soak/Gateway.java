package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.load.Route;
import io.socksgateway.deploy.bench.load.Target;
import io.socksgateway.deploy.bench.server.PackagedGateway;
import io.socksgateway.deploy.bench.server.RunningServer;
import io.socksgateway.deploy.bench.server.SoakedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The gateway that is soaked, and what its clients want to reach. */
final class Gateway implements AutoCloseable {

    private final Target target;
    private final BulkTarget bulk;
    private final SoakedGateway kind;
    private final RunningServer server;
    private final AdminPort admin;

    private Gateway(Target target, BulkTarget bulk, SoakedGateway kind, RunningServer server) throws IOException {
        this.target = target;
        this.bulk = bulk;
        this.kind = kind;
        this.server = server;
        this.admin = new AdminPort(kind.admin(), SoakedGateway.TOKEN);
    }

    /**
     * Starts all.
     *
     * @param options more options for the gateway's JVM
     */
    static Gateway start(Path folder, String options) throws IOException, InterruptedException {
        SoakedGateway kind = new SoakedGateway(folder, options);
        Target target = Target.start();
        return new Gateway(target, new BulkTarget(), kind, RunningServer.start(kind, folder, target));
    }

    /** A client of the listener that asks for no login, which has agreed on that. */
    Talk open() throws IOException {
        return Talk.with(route().server(), null).greet();
    }

    /** A client that has not said anything. */
    Talk silent() throws IOException {
        return Talk.with(route().server(), null);
    }

    /** A client that has logged in. */
    Talk loggedIn(String user) throws IOException {
        Talk talk = Talk.with(loginRoute(user).server(), null);
        if (!talk.login(user, PackagedGateway.PASSWORD)) {
            talk.close();
            throw new Surprise("the password is refused");
        }
        return talk;
    }

    /** A client of the listener that asks for a login, which has said nothing. */
    Talk atLogin(@Nullable InetAddress from) throws IOException {
        return Talk.with(loginRoute(SoakedGateway.EVERYDAY).server(), from);
    }

    Route route() {
        return server.route(target);
    }

    Route loginRoute(String user) {
        return server.loginRoute(target, user);
    }

    /** Where everything is sent back; begins with {@link Target#ECHO}. */
    InetSocketAddress echo() {
        return target.streams();
    }

    InetSocketAddress datagrams() {
        return target.datagrams();
    }

    InetSocketAddress bulk() {
        return bulk.address();
    }

    AdminPort admin() {
        return admin;
    }

    SoakedGateway kind() {
        return kind;
    }

    RunningServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        server.close();
        bulk.close();
        target.close();
    }
}
