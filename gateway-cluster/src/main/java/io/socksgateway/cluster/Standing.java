package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * What an operation on a counter of sessions tells its node.
 *
 * <p>Immutable.
 *
 * @param sessions how many more were granted; or how many the counter has for the node, if it asked for none
 * @param isRoomy whether there is plenty of room, so that what has ended may be told a little later
 * @param isFinal whether asking again for what was not granted would be in vain
 */
record Standing(int sessions, boolean isRoomy, boolean isFinal) {

    static final class Serializer extends VersionedSerializer<Standing> {

        @Override
        public int getTypeId() {
            return QuotaTypes.STANDING;
        }

        @Override
        void writeFields(ObjectDataOutput out, Standing standing) throws IOException {
            out.writeInt(standing.sessions);
            out.writeBoolean(standing.isRoomy);
            out.writeBoolean(standing.isFinal);
        }

        @Override
        Standing readFields(ObjectDataInput in) throws IOException {
            return new Standing(in.readInt(), in.readBoolean(), in.readBoolean());
        }
    }
}
