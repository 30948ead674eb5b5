package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Reservation.Left;
import java.io.IOException;

/** Asks and answers between nodes. */
final class Reservations {

    private Reservations() {}

    static void write(ObjectDataOutput out, Ask ask) throws IOException {
        VersionedSerializer.writeNode(out, ask.node());
        out.writeLong(ask.number());
        out.writeBoolean(ask.fresh());
        out.writeLong(ask.spent());
        out.writeLong(ask.held());
        out.writeLong(ask.wanted());
    }

    static Ask readAsk(ObjectDataInput in) throws IOException {
        return new Ask(
                VersionedSerializer.readNode(in),
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    static final class AnswerSerializer extends VersionedSerializer<Answer> {

        @Override
        public int getTypeId() {
            return QuotaTypes.ANSWER;
        }

        @Override
        void writeFields(ObjectDataOutput out, Answer answer) throws IOException {
            out.writeLong(answer.spent());
            out.writeLong(answer.held());
            out.writeString(answer.left().name());
        }

        @Override
        Answer readFields(ObjectDataInput in) throws IOException {
            return new Answer(in.readLong(), in.readLong(), Left.valueOf(in.readString()));
        }
    }
}
