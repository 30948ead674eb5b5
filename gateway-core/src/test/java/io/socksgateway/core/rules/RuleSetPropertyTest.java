package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.HostNames;
import io.socksgateway.core.address.InternalAddresses;
import io.socksgateway.core.fuzz.AnyOctets;
import io.socksgateway.core.wire.Command;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must be so whatever the rules are. */
class RuleSetPropertyTest {

    private static final List<String> NAMES = List.of("a.test", "b.a.test", "A.Test.", "c.test", "other.example");
    private static final List<String> ADDRESSES =
            List.of("192.0.2.1", "10.0.0.1", "10.9.9.9", "127.0.0.1", "0.0.0.0", "2001:db8::1", "::1", "203.0.113.9");
    private static final List<String> ITEMS = List.of(
            "*",
            "*.test",
            "*.a.test",
            "a.test",
            "@internal",
            "10.0.0.0/8",
            "10.0.0.1",
            "192.0.2.0/24",
            "0.0.0.0/0",
            "::/0");
    private static final int OWN_PORT = 1080;

    private static boolean own(InetAddress address, int port) {
        return port == OWN_PORT && address.equals(Rules.address("203.0.113.9"));
    }

    private static RuleSet rules(List<Rule> rules) {
        return new RuleSet(rules, RuleSetPropertyTest::own);
    }

    /** A denied name costs no lookup: which is right only if no address could have saved it. */
    @Property(tries = 5_000)
    void aNameThatIsRefusedIsRefusedAtEveryAddress(
            @ForAll("ruleLists") List<Rule> list, @ForAll("questions") Question q) {
        Verdict onName = rules(list)
                .decide(q.subject(), new Endpoint(HostNames.parse(q.name()).orElseThrow(), q.port()));
        Verdict onAddress = rules(list).decide(q.subject(), q.name(), q.address(), q.port());
        assertThat(onName.allowed()).isFalse();
        if (onName.refused()) { // perhaps by an earlier rule, which denies the address
            assertThat(onAddress.outcome()).isEqualTo(onName.outcome());
        }
        assertThat(onAddress.outcome()).isNotEqualTo(Verdict.Outcome.DEPENDS);
    }

    @Property(tries = 5_000)
    void whatIsInternalIsReachedOnlyByARuleThatNamesIt(
            @ForAll("ruleLists") List<Rule> list, @ForAll("questions") Question q) {
        Verdict verdict = rules(list).decide(q.subject(), q.name(), q.address(), q.port());
        if (verdict.allowed() && (InternalAddresses.contains(q.address()) || own(q.address(), q.port()))) {
            assertThat(list).anySatisfy(rule -> {
                assertThat(rule.id()).isEqualTo(verdict.rule());
                assertThat(rule.allow()).isTrue();
                assertThat(rule.to().namesInternal(q.address())).isTrue();
            });
        }
    }

    @Property(tries = 5_000)
    void rulesBehindTheOneThatDecidesChangeNothing(
            @ForAll("ruleLists") List<Rule> list,
            @ForAll("ruleLists") List<Rule> more,
            @ForAll("questions") Question q) {
        Verdict verdict = rules(list).decide(q.subject(), q.name(), q.address(), q.port());
        List<Rule> longer = new ArrayList<>(list);
        more.forEach(rule -> longer.add(renamed(rule, "behind " + rule.id())));
        if (verdict.rule() != null) {
            assertThat(rules(longer).decide(q.subject(), q.name(), q.address(), q.port()))
                    .isEqualTo(verdict);
        }
    }

    @Property(tries = 5_000)
    void aRuleInFrontThatConcernsOthersChangesNothing(
            @ForAll("ruleLists") List<Rule> list, @ForAll("rule") Rule rule, @ForAll("questions") Question q) {
        List<Rule> longer = new ArrayList<>(list);
        longer.add(0, Rules.users(renamed(rule, "front"), "nobody else"));
        Verdict with = rules(longer).decide(q.subject(), q.name(), q.address(), q.port());
        Verdict without = rules(list).decide(q.subject(), q.name(), q.address(), q.port());
        if (!list.isEmpty()) { // the first rule of all ends "everything is allowed"
            assertThat(with).isEqualTo(without);
        }
    }

    private static Rule renamed(Rule r, String id) {
        return new Rule(id, r.allow(), r.users(), r.groups(), r.from(), r.commands(), r.to(), r.ports());
    }

    /** Somebody asks for a name that has an address. */
    record Question(Subject subject, String name, InetAddress address, int port) {}

    @Provide
    Arbitrary<Question> questions() {
        Arbitrary<Subject> subjects = Combinators.combine(
                        Arbitraries.of("192.0.2.7", "2001:db8::7"),
                        Arbitraries.of("alice", "bob").injectNull(0.3),
                        Arbitraries.of(Command.class))
                .as((client, user, command) ->
                        new Subject(Rules.address(client), user, user == null ? Set.of() : Set.of("staff"), command));
        Arbitrary<InetAddress> addresses =
                Arbitraries.oneOf(Arbitraries.of(ADDRESSES).map(Rules::address), AnyOctets.address());
        return Combinators.combine(subjects, Arbitraries.of(NAMES), addresses, Arbitraries.of(80, 443, OWN_PORT))
                .as(Question::new);
    }

    @Provide
    Arbitrary<List<Rule>> ruleLists() {
        return rule().list().ofMaxSize(5).map(list -> {
            List<Rule> numbered = new ArrayList<>();
            for (Rule rule : list) {
                numbered.add(renamed(rule, "rule " + numbered.size()));
            }
            return numbered;
        });
    }

    @Provide
    Arbitrary<Rule> rule() {
        Arbitrary<Destinations> to = Arbitraries.oneOf(
                Arbitraries.just(Destinations.ANY),
                Arbitraries.of(ITEMS)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(list -> Rules.to(list.toArray(new String[0]))));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of("alice", "bob").set().ofMaxSize(1),
                        Arbitraries.of(Command.class).set().ofMaxSize(2),
                        to,
                        Arbitraries.of("80", "400-500", "1080").list().ofMaxSize(1))
                .as((allow, users, commands, destinations, ports) -> new Rule(
                        "r",
                        allow,
                        users,
                        Set.of(),
                        List.of(),
                        commands,
                        destinations,
                        ports.stream()
                                .map(p -> PortRange.parse(p).orElseThrow())
                                .toList()));
    }
}
