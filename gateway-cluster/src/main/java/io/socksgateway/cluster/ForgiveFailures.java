package io.socksgateway.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.LoginFailures;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forgives the failed logins of a user; answers what is left.
 *
 * <p>Immutable.
 */
record ForgiveFailures(int user) implements EntryProcessor<String, LoginFailures, LoginFailures> {

    @Override
    public LoginFailures process(Map.Entry<String, @Nullable LoginFailures> entry) {
        LoginFailures before = entry.getValue();
        if (before == null) {
            return LoginFailures.NONE;
        }
        LoginFailures after = before.succeeded(user);
        if (!after.equals(before)) {
            // the entry lives no longer for it
            LoginFailures unused = ((ExtendedMapEntry<String, @Nullable LoginFailures>) entry)
                    .setValueWithoutChangingExpiryTime(after.equals(LoginFailures.NONE) ? null : after);
        }
        return after;
    }

    static final class Serializer extends VersionedSerializer<ForgiveFailures> {

        @Override
        public int getTypeId() {
            return BackoffTypes.FORGIVE_FAILURES;
        }

        @Override
        void writeFields(ObjectDataOutput out, ForgiveFailures forgive) throws IOException {
            out.writeInt(forgive.user);
        }

        @Override
        ForgiveFailures readFields(ObjectDataInput in) throws IOException {
            return new ForgiveFailures(in.readInt());
        }
    }
}
