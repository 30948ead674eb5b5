package io.socksgateway.core.quota;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import java.util.UUID;

/** A node as the protocol of reservations wants it to be, with what it has really moved. */
final class ReservingNode {

    final UUID id;
    long moved;
    long held;
    private long total;
    private long number;
    private boolean fresh = true;
    private long asked;
    private long sent;

    ReservingNode(int id) {
        this.id = new UUID(id, 0);
    }

    void move(long octets) {
        long now = Math.min(octets, held);
        held -= now;
        moved += now;
    }

    Ask ask(long wanted) {
        if (wanted < held) { // nobody may move any more what is given back
            total -= held - wanted;
            held = wanted;
        }
        sent = total - held;
        asked = held;
        return new Ask(id, ++number, fresh, fresh ? 0 : sent, held, wanted);
    }

    void answered(Answer answer) {
        if (fresh) {
            total = answer.spent();
            fresh = false;
            sent = total;
            asked = 0;
        }
        held += answer.held() - asked;
        total += answer.held() - asked;
    }

    /** Has forgotten all but its name, after it has told everything. */
    void begin() {
        fresh = true;
        total = 0;
        held = 0;
    }
}
