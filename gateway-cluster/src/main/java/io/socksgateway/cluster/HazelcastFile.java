package io.socksgateway.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.XmlConfigBuilder;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.core.HazelcastException;
import io.socksgateway.core.config.ClusterConfig;
import io.socksgateway.core.config.ConfigError;
import io.socksgateway.core.config.Discovery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A file of Hazelcast's own, in XML or YAML, and what of it does not go with the gateway. Nothing in it is passed over in
 * silence but the port: what the gateway decides and the file wants otherwise is an error.
 */
final class HazelcastFile {

    static final String PATH = "cluster.hazelcast";

    /** Characters of a message of Hazelcast's. */
    private static final int LONGEST = 200;

    private static final String UNNAMED = new Config().getClusterName();

    private final Path path;
    private final List<ConfigError> errors = new ArrayList<>();

    private HazelcastFile(Path path) {
        this.path = path;
    }

    /**
     * Reads it; opens no port. Blocks.
     *
     * @throws HazelcastException if it is no configuration, with a message of its own
     * @throws IOException if it cannot be read
     */
    static Config read(Path path) throws IOException {
        OwnSettings.logWhereWeDo();
        try (InputStream in = Files.newInputStream(path)) {
            return isXml(path) ? new XmlConfigBuilder(in).build() : new YamlConfigBuilder(in).build();
        }
    }

    /** Fails for what is no XML, of which Hazelcast and the parser under it would write to the console themselves. */
    private static void checkWellFormed(Path path) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(path)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                reader.next();
            }
            reader.close();
        } catch (XMLStreamException e) {
            String reason =
                    Objects.requireNonNullElse(e.getMessage(), "").lines().reduce("", (first, last) -> last);
            throw new IOException(
                    "line " + e.getLocation().getLineNumber() + ": " + reason.replaceFirst("^Message: ", ""), e);
        }
    }

    /** Where the file says how members talk and find each other; there is none unless the file asks for it. */
    static JoinConfig joinOf(Config config) {
        return config.getAdvancedNetworkConfig().isEnabled()
                ? config.getAdvancedNetworkConfig().getJoin()
                : config.getNetworkConfig().getJoin();
    }

    /** What is wrong with the file of this configuration; blocks. */
    static List<ConfigError> check(ClusterConfig cluster, Path path) {
        HazelcastFile file = new HazelcastFile(path);
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (!isXml(path) && !name.endsWith(".yaml") && !name.endsWith(".yml")) {
            file.fail("is neither XML nor YAML by its name", "expected: .xml, .yaml or .yml");
            return file.errors;
        }
        try {
            if (isXml(path)) {
                checkWellFormed(path);
            }
            file.check(cluster, read(path));
        } catch (IOException | RuntimeException e) { // whatever its parsers throw: there are four of them
            file.fail(firstLine(e), "expected: a configuration of a member of Hazelcast's");
        }
        return file.errors;
    }

    private void check(ClusterConfig cluster, Config config) {
        if (!config.getClusterName().equals(UNNAMED) && !config.getClusterName().equals(cluster.name())) {
            fail(
                    "cluster-name is \"" + config.getClusterName() + "\", and cluster.name \"" + cluster.name() + "\"",
                    "expected: no cluster-name in the file");
        }
        config.getMapConfigs().keySet().stream()
                .filter(OwnSettings::isOwnName)
                .sorted()
                .forEach(map -> fail("has the map \"" + map + "\", which is the gateway's own", "leave it out"));
        checkNetwork(config);
        checkJoin(cluster, joinOf(config));
    }

    private void checkNetwork(Config config) {
        NetworkConfig network = config.getNetworkConfig();
        NetworkConfig plain = new NetworkConfig();
        plain.setJoin(network.getJoin());
        if (!network.equals(plain)) {
            fail(
                    "has a section network with more than join",
                    "expected: advanced-network, with a member-server-socket-endpoint-config");
        }
    }

    private void checkJoin(ClusterConfig cluster, JoinConfig join) {
        Map<String, Boolean> all = Map.of(
                "multicast", join.getMulticastConfig().isEnabled(),
                "tcp-ip", join.getTcpIpConfig().isEnabled(),
                "aws", join.getAwsConfig().isEnabled(),
                "gcp", join.getGcpConfig().isEnabled(),
                "azure", join.getAzureConfig().isEnabled(),
                "kubernetes", join.getKubernetesConfig().isEnabled(),
                "eureka", join.getEurekaConfig().isEnabled(),
                "discovery-strategies", join.getDiscoveryConfig().isEnabled());
        List<String> enabled = all.keySet().stream().filter(all::get).sorted().toList();
        boolean wanted = cluster.discovery() instanceof Discovery.OfFile;
        if (wanted && enabled.isEmpty()) {
            fail("does not say how nodes find each other", "expected: one way in join; auto-detection does not count");
        } else if (!wanted && !enabled.isEmpty()) {
            fail(
                    "says by itself how nodes find each other: " + String.join(", ", enabled),
                    "expected: \"discovery\": \"hazelcast\", or nothing of it in the file");
        }
    }

    private void fail(String message, String hint) {
        errors.add(new ConfigError(PATH, path + " " + message, hint));
    }

    private static boolean isXml(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".xml");
    }

    /** Without the namespace that is everywhere, and all that would have been right. */
    private static String brief(String line) {
        String brief =
                line.replace("\"http://www.hazelcast.com/schema/config\":", "").replaceAll("\\p{Cntrl}", " ");
        return brief.length() <= LONGEST ? brief : brief.substring(0, LONGEST) + "…";
    }

    /** Of the first cause that says something. */
    private static String firstLine(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = Objects.requireNonNullElse(cause.getMessage(), "").strip();
            if (!message.isEmpty()) {
                return "is wrong: " + brief(message.lines().findFirst().orElse(""));
            }
        }
        return "is wrong: " + failure.getClass().getSimpleName();
    }
}
