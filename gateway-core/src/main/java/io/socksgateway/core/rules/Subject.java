package io.socksgateway.core.rules;

import io.socksgateway.core.wire.Command;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for what: the part of a question that does not change while a name resolves.
 *
 * <p>Immutable.
 *
 * @param user verified name, or null if nobody logged in
 */
public record Subject(InetAddress client, @Nullable String user, Set<String> groups, Command command) {}
