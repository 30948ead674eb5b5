package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server that can be measured: how it is found, configured and started.
 *
 * <p>Implementations are immutable.
 */
public interface ServerKind {

    /** What it is called in the results. */
    String name();

    /** What it does, or how it is configured, in a line. */
    String description();

    /** Why it cannot be measured here, if so. */
    Optional<String> missing();

    /** The command to run to its end once, before it is started for the first time; empty if there is none. */
    default List<String> preparation() {
        return List.of();
    }

    /** The command line that starts it; it must stay in the foreground. */
    List<String> command(Setting setting) throws IOException;

    /** Command lines of processes that it works together with, which are not measured; they are started before it. */
    default List<List<String>> companions(Setting setting) throws IOException {
        return List.of();
    }

    /** Additions to the environment of the process. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** Whether clients ask it for their target; otherwise it leads to the target anyway. */
    default boolean speaksSocks() {
        return true;
    }

    default boolean relaysDatagrams() {
        return false;
    }

    /** Whether it has the port for clients that log in. */
    default boolean asksForLogin() {
        return false;
    }

    /** Whether it differs from another one only in how bytes are moved. */
    default boolean isVariant() {
        return false;
    }

    /** Whether it is there to see what quotas cost. */
    default boolean comparesQuotas() {
        return false;
    }

    /** Whether it gets quicker while it runs, so that it has to work for a while before it is measured. */
    default boolean warmsUp() {
        return false;
    }

    /** The command that prints its version in its first line; empty if there is none. */
    default List<String> versionCommand() {
        return List.of();
    }
}
