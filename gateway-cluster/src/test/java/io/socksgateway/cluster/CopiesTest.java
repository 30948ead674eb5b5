package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A member that sees others come and go, and with them the backups. */
class CopiesTest {

    private static final UUID SELF = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final UUID THIRD = new UUID(0, 3);

    private Set<UUID> members = Set.of(SELF, OTHER, THIRD);
    private boolean backedUp = true;
    private long nanos = -5;
    private final Copies copies = new Copies(() -> members, counter -> backedUp, () -> nanos);

    @Test
    void aBackupIsACopy() {
        assertThat(copies.test("a")).isTrue();
    }

    @Test
    void whileMembersGoThereMayBeNone() {
        backedUp = false;
        nanos += Copies.SETTLING;
        members = Set.of(SELF, OTHER);
        assertThat(copies.test("a")).isFalse();
        nanos += Copies.SETTLING;
        assertThat(copies.test("a")).isFalse();
        backedUp = true;
        assertThat(copies.test("a")).isTrue();
    }

    @Test
    void whoeverKnowsToBeAloneExpectsNone() {
        backedUp = false;
        members = Set.of(SELF);
        assertThat(copies.test("a")).isTrue();
    }

    @Test
    void noneIsToBeExpectedIfThereIsNoneForAWhile() {
        backedUp = false;
        nanos += Copies.SETTLING + 1;
        assertThat(copies.test("a")).as("nobody has come or gone").isTrue();
        members = Set.of(SELF, OTHER);
        assertThat(copies.test("a")).isFalse();
        nanos += Copies.SETTLING + 1;
        assertThat(copies.test("a")).isTrue();
    }
}
