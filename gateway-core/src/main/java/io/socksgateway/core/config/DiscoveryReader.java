package io.socksgateway.core.config;

import io.socksgateway.core.address.Addresses;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how the nodes of a cluster find each other: a word, and sections that belong to one word each. */
final class DiscoveryReader {

    static final String TCP = "tcp";
    private static final String KUBERNETES = "kubernetes";
    private static final String MULTICAST = "multicast";
    private static final String HAZELCAST = "hazelcast";

    private static final Choice<String> WORDS = Choice.of(TCP, KUBERNETES, MULTICAST, HAZELCAST);

    /** Of the scope that routers keep within a site, and no other program's default. */
    private static final String GROUP = "239.255.57.1";

    private static final int PORT = 54327;

    private static final Kind<Integer> UDP_PORT = new WholeNumber(1, 65_535);
    private static final Kind<String> ADDRESS = new Text<>("an IPv4 address for multicast", DiscoveryReader::group);

    private static final Kind<String> DNS = matching(
            "the name of a headless service, such as \"gateway-nodes.proxies.svc.cluster.local\"",
            "(?!.{254})[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
    private static final Kind<String> NAME =
            matching("a name as Kubernetes has it, such as \"gateway\"", "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Kind<String> LABELS = matching(
            "labels that a pod must have, such as \"app=gateway\", with commas between several",
            "[A-Za-z0-9._/-]+=[A-Za-z0-9._-]+(,[A-Za-z0-9._/-]+=[A-Za-z0-9._-]+)*");

    private final Section cluster;

    private DiscoveryReader(Section cluster) {
        this.cluster = cluster;
    }

    /**
     * What section {@code cluster} says of it.
     *
     * @param file Hazelcast's own, or null
     * @return null if it is wrong
     */
    static @Nullable Discovery read(Section cluster, @Nullable Path file) {
        return new DiscoveryReader(cluster).read(file);
    }

    private @Nullable Discovery read(@Nullable Path file) {
        String word = cluster.value("discovery", TCP, WORDS);
        Discovery kubernetes = cluster.object(KUBERNETES, section -> kubernetes(section, word.equals(KUBERNETES)));
        Discovery multicast = cluster.object(MULTICAST, DiscoveryReader::multicast);
        onlyWith("members", TCP, word);
        onlyWith(KUBERNETES, KUBERNETES, word);
        onlyWith(MULTICAST, MULTICAST, word);
        return switch (word) {
            case TCP -> new Discovery.Tcp();
            case KUBERNETES -> kubernetes;
            case MULTICAST -> multicast;
            default -> ofFile(file);
        };
    }

    private @Nullable Discovery ofFile(@Nullable Path file) {
        if (file != null) {
            return new Discovery.OfFile(file);
        }
        if (!cluster.has(HAZELCAST)) {
            cluster.fail(
                    HAZELCAST,
                    "is missing",
                    "expected: a file of Hazelcast's, whose join section says how nodes are found");
        }
        return null;
    }

    /** Reports a key that belongs to another word than the one given; not if that is wrong itself, and unknown. */
    private void onlyWith(String key, String word, String given) {
        if (cluster.has(key) && !word.equals(given) && cluster.clean()) {
            cluster.fail(
                    key,
                    "is not read with discovery " + Shown.quoted(given),
                    "expected: \"discovery\": " + Shown.quoted(word) + ", or no such key");
        }
    }

    private static Discovery kubernetes(Section section, boolean wanted) {
        String dns = section.optional("dns", DNS);
        String service = section.optional("service", NAME);
        String labels = section.optional("labels", LABELS);
        String namespace = section.optional("namespace", NAME);
        List<String> given =
                Stream.of("dns", "service", "labels").filter(section::has).toList();
        if (wanted && given.isEmpty()) {
            section.fail("dns", "is missing", "expected: one of dns, service, labels");
        } else if (given.size() > 1) {
            section.fail(given.get(1), "is given beside " + given.get(0), "expected: one of dns, service, labels");
        } else if (section.has("namespace") && section.has("dns")) {
            section.fail("namespace", "is given beside dns", "the name in dns says where it is");
        }
        return new Discovery.Kubernetes(dns, service, labels, namespace);
    }

    private static Discovery multicast(Section section) {
        return new Discovery.Multicast(section.value("group", GROUP, ADDRESS), section.value("port", PORT, UDP_PORT));
    }

    private static @Nullable String group(String text, Cursor at) {
        return Addresses.parse(text)
                .filter(address -> address instanceof Inet4Address && address.isMulticastAddress())
                .map(Addresses::format)
                .orElseGet(() -> {
                    at.fail(Shown.quoted(text), "expected: an IPv4 address for multicast, such as \"" + GROUP + "\"");
                    return null;
                });
    }

    private static Kind<String> matching(String expected, String expression) {
        Pattern form = Pattern.compile(expression);
        return new Text<>(expected, (text, at) -> {
            if (form.matcher(text).matches()) {
                return text;
            }
            at.unexpected(expected);
            return null;
        });
    }
}
