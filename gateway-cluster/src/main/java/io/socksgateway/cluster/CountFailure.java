package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.quota.LoginFailures;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts a failed login; answers what has come of it. All times are parameters, so that the backup of the
 * entry comes to the same result. The entry lives for as long as it matters.
 *
 * <p>Immutable.
 */
record CountFailure(int user, long now, BackoffRule rule)
        implements EntryProcessor<String, LoginFailures, LoginFailures> {

    @Override
    public LoginFailures process(Map.Entry<String, @Nullable LoginFailures> entry) {
        LoginFailures known = entry.getValue();
        LoginFailures before = known == null || known.memory(now, rule) == 0 ? LoginFailures.NONE : known;
        LoginFailures after = before.failed(user, now, rule);
        if (!after.equals(known)) {
            ((ExtendedMapEntry<String, @Nullable LoginFailures>) entry)
                    .setValue(after, Math.max(1_000, after.memory(now, rule)), TimeUnit.MILLISECONDS);
        }
        return after;
    }

    static final class Serializer extends VersionedSerializer<CountFailure> {

        @Override
        public int getTypeId() {
            return BackoffTypes.COUNT_FAILURE;
        }

        @Override
        void writeFields(ObjectDataOutput out, CountFailure count) throws IOException {
            out.writeInt(count.user);
            out.writeLong(count.now);
            out.writeInt(count.rule.failures());
            out.writeLong(count.rule.within());
            out.writeLong(count.rule.ban());
            out.writeLong(count.rule.maxBan());
        }

        @Override
        CountFailure readFields(ObjectDataInput in) throws IOException {
            return new CountFailure(
                    in.readInt(),
                    in.readLong(),
                    new BackoffRule(in.readInt(), in.readLong(), in.readLong(), in.readLong()));
        }
    }
}
