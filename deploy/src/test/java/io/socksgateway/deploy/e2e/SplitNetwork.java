package io.socksgateway.deploy.e2e;

import io.socksgateway.testkit.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.opentest4j.TestAbortedException;

/**
 * Machines with two networks between them, as far as namespaces make machines: one for the traffic of a cluster, from which
 * each can be cut off without a word, and one on which this test reaches all of them, and they it. For root on Linux;
 * elsewhere tests that need it are skipped.
 */
final class SplitNetwork implements AutoCloseable {

    private final NetworkNamespace hub = NetworkNamespace.create();
    private final List<NetworkNamespace> machines = new ArrayList<>();
    private final String service = "198.18." + ThreadLocalRandom.current().nextInt(1, 255) + ".";

    static SplitNetwork of(int size) throws IOException, InterruptedException {
        SplitNetwork network = new SplitNetwork();
        try {
            network.build(size);
            return network;
        } catch (IOException | AssertionError e) {
            network.close();
            throw new TestAbortedException("namespaces cannot be connected here: " + e.getMessage());
        }
    }

    private void build(int size) throws IOException, InterruptedException {
        switchOf("cluster");
        switchOf("service");
        for (int i = 0; i < size; i++) {
            NetworkNamespace machine = NetworkNamespace.create();
            machines.add(machine);
            plug(machine, "cluster", i, cluster(i));
            plug(machine, "service", i, service(i));
        }
        // it is gone with the namespace of the other end
        String own = "sg" + ProcessHandle.current().pid();
        run("ip", "link", "add", own, "type", "veth", "peer", "name", "test", "netns", hub.id());
        run("ip", "addr", "add", own().getHostAddress() + "/24", "dev", own);
        run("ip", "link", "set", own, "up");
        hub.ip("link set test master service up");
    }

    private void switchOf(String name) throws IOException {
        hub.ip("link add name " + name + " type bridge forward_delay 0");
        hub.ip("link set " + name + " up");
    }

    private void plug(NetworkNamespace machine, String name, int number, String address) throws IOException {
        machine.ip("link add name " + name + " type veth peer name " + name + number + " netns " + hub.id());
        machine.ip("addr add " + address + "/24 dev " + name);
        machine.ip("link set " + name + " up");
        hub.ip("link set " + name + number + " master " + name + " up");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /** Where the machines reach this test. */
    InetAddress own() throws IOException {
        return InetAddress.getByName(service + "254");
    }

    /** Where this test reaches a machine. */
    String service(int machine) {
        return service + (machine + 1);
    }

    /** Where the machines reach each other, unless they are cut off. */
    String cluster(int machine) {
        return "10.77.0." + (machine + 1);
    }

    /** What a command begins with that is to run on a machine. */
    List<String> entering(int machine) {
        return machines.get(machine).entering();
    }

    /** Packets between this machine and the others are lost from now on. */
    void cutOff(int machine) throws IOException {
        hub.ip("link set cluster" + machine + " nomaster");
    }

    void reconnect(int machine) throws IOException {
        hub.ip("link set cluster" + machine + " master cluster");
    }

    @Override
    public void close() throws IOException {
        for (NetworkNamespace machine : machines) {
            machine.close();
        }
        hub.close();
    }
}
