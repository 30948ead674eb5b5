package io.socksgateway.cluster;

import io.socksgateway.core.quota.SessionCounter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * Sees all nodes at once, as nobody does in reality: what is really open and was really moved, to hold it against the limits
 * and against what the owners of the counters have on record.
 */
final class Onlooker {

    private final GrowthPlan plan;
    private final int[] open;
    private final int[] recorded;
    private final long[] moved;
    private final BitSet forgotten = new BitSet();
    private final BitSet stale = new BitSet();
    private final BitSet busy = new BitSet();
    private boolean disturbed;
    private long began;
    private long refused;
    private long failed;
    private long cut;
    private long sessionsOver;
    private long sessionsOverDisturbed;
    private int mostOver;

    Onlooker(GrowthPlan plan) {
        this.plan = plan;
        this.open = new int[plan.subjects()];
        this.recorded = new int[plan.subjects()];
        this.moved = new long[plan.subjects()];
    }

    /** From now on more may be granted than the limit says: a node stands still, or the network is cut. */
    void disturbed(boolean is) {
        disturbed = is;
    }

    void began(int subject) {
        began++;
        int over = ++open[subject] - plan.limit().open();
        if (over > 0) {
            mostOver = Math.max(mostOver, over);
            if (disturbed) {
                sessionsOverDisturbed++;
            } else {
                sessionsOver++;
            }
        }
    }

    void ended(int subject) {
        open[subject]--;
    }

    void refused() {
        refused++;
    }

    void failed() {
        failed++;
    }

    void cut() {
        cut++;
    }

    void moved(int subject, long octets) {
        moved[subject] += octets;
    }

    long movedBy(int subject) {
        return moved[subject];
    }

    int openOf(int subject) {
        return open[subject];
    }

    /** Those who go on have lost a part of their records. */
    void lost(int subject, SimulatedPart.Loss loss, int partition) {
        if (loss.all().get(partition)) {
            forgotten.set(subject);
        } else if (loss.latest().get(partition)) {
            stale.set(subject);
        }
    }

    /** Whether a record of this subject was lost, with its owner and its backup. */
    boolean isForgotten(int subject) {
        return forgotten.get(subject);
    }

    /** Whether the owner of a record of this subject was cut off from the backup that replaced it. */
    boolean isStale(int subject) {
        return stale.get(subject);
    }

    long began() {
        return began;
    }

    long refusals() {
        return refused;
    }

    long failures() {
        return failed;
    }

    /** Sessions that were cut as their traffic was used up. */
    long cuts() {
        return cut;
    }

    /** Sessions that began above the limit while nothing was disturbed. */
    long sessionsOver() {
        return sessionsOver;
    }

    long sessionsOverDisturbed() {
        return sessionsOverDisturbed;
    }

    /** How far above the limit a subject ever was. */
    int mostOver() {
        return mostOver;
    }

    /** Of how many subjects the record is wrong, without those that are just being changed. */
    int wrong(Map<String, SessionCounter> records, Iterable<SimulatedStore> stores) {
        busy.clear();
        stores.forEach(store -> store.forEachBusy(counter -> busy.set(SimulatedSubjects.of(counter))));
        Arrays.fill(recorded, 0);
        records.forEach((counter, record) ->
                recorded[SimulatedSubjects.of(counter)] = (int) record.open().open(Long.MIN_VALUE));
        int wrong = 0;
        for (int subject = 0; subject < open.length; subject++) {
            if (recorded[subject] != open[subject] && !busy.get(subject)) {
                wrong++;
            }
        }
        return wrong;
    }
}
