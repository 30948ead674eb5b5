package io.socksgateway.deploy.bench.server;

import io.socksgateway.deploy.bench.load.Login;
import io.socksgateway.deploy.bench.load.Route;
import io.socksgateway.deploy.bench.load.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A server that was started for the measurements. None outlives this process. */
public final class RunningServer implements AutoCloseable {

    private static final double SECONDS_TO_ANSWER = 60;
    private static final long SECONDS_TO_END = 15;
    private static final Set<RunningServer> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(RunningServer::kill), "end-servers"));
    }

    private final ServerKind kind;
    private final Setting setting;
    private final Process process;
    private final List<Process> companions;
    private final ProcessTree tree;

    private RunningServer(ServerKind kind, Setting setting, Process process, List<Process> companions) {
        this.kind = kind;
        this.setting = setting;
        this.process = process;
        this.companions = companions;
        this.tree = new ProcessTree(process.pid());
    }

    /** Prepares the machine for it; whether that works out is of no matter. */
    public static void prepare(ServerKind kind) throws IOException, InterruptedException {
        if (!kind.preparation().isEmpty()) {
            ProcessBuilder builder = new ProcessBuilder(kind.preparation());
            builder.environment().putAll(kind.environment());
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            int ignored = builder.start().waitFor();
        }
    }

    /** Starts it and waits until its port answers. What it says goes to a file in the folder. */
    public static RunningServer start(ServerKind kind, Path folder, Target target)
            throws IOException, InterruptedException {
        List<Integer> clusterPorts = List.of(FreePort.find(), FreePort.find(), FreePort.find());
        Setting setting = new Setting(folder, FreePort.find(), FreePort.find(), clusterPorts, target.streams());
        Path log = folder.resolve(kind.name() + ".log");
        List<Process> companions = new ArrayList<>();
        for (List<String> command : kind.companions(setting)) {
            companions.add(start(kind, command, log));
        }
        Process process = start(kind, kind.command(setting), log);
        RunningServer server = new RunningServer(kind, setting, process, companions);
        RUNNING.add(server);
        try {
            FirstAnswer.await(server.address(), kind.speaksSocks(), server.process, SECONDS_TO_ANSWER);
        } catch (IOException e) {
            server.close();
            throw new IOException("%s does not start, see %s".formatted(kind.name(), log), e);
        }
        return server;
    }

    /** Of its first process. */
    public long pid() {
        return process.pid();
    }

    private static Process start(ServerKind kind, List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(kind.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), setting.port());
    }

    public ServerKind kind() {
        return kind;
    }

    /** The processes that do its work. */
    public ProcessTree tree() {
        return tree;
    }

    /** The way through it. */
    public Route route(Target target) {
        return kind.speaksSocks() ? Route.socks(address(), null, target) : Route.relay(address(), target);
    }

    /** The way through it for clients that log in. */
    public Route loginRoute(Target target) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), setting.loginPort());
        return Route.socks(address, new Login(PackagedGateway.USER, PackagedGateway.PASSWORD), target);
    }

    /** The way through it for clients that log in as somebody of whom it is known that the password is the same. */
    public Route loginRoute(Target target, String user) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), setting.loginPort());
        return Route.socks(address, new Login(user, PackagedGateway.PASSWORD), target);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Tells it to stop, and kills what is there after some seconds. */
    @Override
    public void close() {
        List<ProcessHandle> all =
                new ArrayList<>(process.toHandle().descendants().toList());
        companions.forEach(companion -> {
            all.add(companion.toHandle());
            all.addAll(companion.descendants().toList());
            companion.destroy();
        });
        process.destroy();
        try {
            boolean ignored = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        RUNNING.remove(this);
    }

    private void kill() {
        companions.forEach(companion -> {
            companion.descendants().forEach(ProcessHandle::destroyForcibly);
            companion.destroyForcibly();
        });
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
