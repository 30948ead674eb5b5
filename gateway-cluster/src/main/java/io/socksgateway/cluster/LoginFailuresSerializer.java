package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.socksgateway.core.quota.LoginFailures;
import io.socksgateway.core.quota.LoginFailures.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Failed logins between nodes: bans in a row, end of the latest, number of failures, then time and user of each. A user is a
 * number that stands for the name.
 *
 * <p>Immutable.
 */
final class LoginFailuresSerializer extends VersionedSerializer<LoginFailures> {

    @Override
    public int getTypeId() {
        return BackoffTypes.LOGIN_FAILURES;
    }

    @Override
    void writeFields(ObjectDataOutput out, LoginFailures failures) throws IOException {
        out.writeInt(failures.bans());
        out.writeLong(failures.bannedUntil());
        out.writeInt(failures.recent().size());
        for (Failure failure : failures.recent()) {
            out.writeLong(failure.time());
            out.writeInt(failure.user());
        }
    }

    @Override
    LoginFailures readFields(ObjectDataInput in) throws IOException {
        int bans = in.readInt();
        long bannedUntil = in.readLong();
        int size = in.readInt();
        List<Failure> recent = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            recent.add(new Failure(in.readLong(), in.readInt()));
        }
        return new LoginFailures(recent, bans, bannedUntil);
    }
}
