package io.socksgateway.core.rules;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.HostNames;
import io.socksgateway.core.wire.Command;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules and questions in few words. */
final class Rules {

    private Rules() {}

    static Rule allow(String id, String... to) {
        return of(id, true, to);
    }

    static Rule deny(String id, String... to) {
        return of(id, false, to);
    }

    private static Rule of(String id, boolean allow, String... to) {
        return new Rule(id, allow, Set.of(), Set.of(), List.of(), Set.of(), to(to), List.of());
    }

    static Destinations to(String... items) {
        if (items.length == 0) {
            return Destinations.ANY;
        }
        Destinations all = Destinations.none();
        for (String item : items) {
            all = all.with(item).orElseThrow();
        }
        return all;
    }

    static Rule users(Rule rule, String... users) {
        return new Rule(
                rule.id(),
                rule.allow(),
                Set.of(users),
                rule.groups(),
                rule.from(),
                rule.commands(),
                rule.to(),
                rule.ports());
    }

    static Rule groups(Rule rule, String... groups) {
        return new Rule(
                rule.id(),
                rule.allow(),
                rule.users(),
                Set.of(groups),
                rule.from(),
                rule.commands(),
                rule.to(),
                rule.ports());
    }

    static Rule from(Rule rule, String... ranges) {
        List<Cidr> from =
                List.of(ranges).stream().map(r -> Cidr.parse(r).orElseThrow()).toList();
        return new Rule(
                rule.id(), rule.allow(), rule.users(), rule.groups(), from, rule.commands(), rule.to(), rule.ports());
    }

    static Rule commands(Rule rule, Command... commands) {
        return new Rule(
                rule.id(),
                rule.allow(),
                rule.users(),
                rule.groups(),
                rule.from(),
                Set.of(commands),
                rule.to(),
                rule.ports());
    }

    static Rule ports(Rule rule, String... ranges) {
        List<PortRange> ports = List.of(ranges).stream()
                .map(r -> PortRange.parse(r).orElseThrow())
                .toList();
        return new Rule(
                rule.id(), rule.allow(), rule.users(), rule.groups(), rule.from(), rule.commands(), rule.to(), ports);
    }

    static Subject subject(String client, @Nullable String user, String... groups) {
        return new Subject(address(client), user, Set.of(groups), Command.CONNECT);
    }

    static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow();
    }

    static Endpoint endpoint(String host, int port) {
        return new Endpoint(HostNames.parse(host).orElseThrow(), port);
    }
}
