package io.socksgateway.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import java.util.UUID;

/**
 * The form of a value between nodes: one octet of version, then its fields. A version that follows reads this one too, and
 * writes it as long as nodes of this version may be in the cluster.
 *
 * <p>Immutable.
 */
abstract class VersionedSerializer<T> implements StreamSerializer<T> {

    private static final int VERSION = 1;

    abstract void writeFields(ObjectDataOutput out, T value) throws IOException;

    abstract T readFields(ObjectDataInput in) throws IOException;

    @Override
    public final void write(ObjectDataOutput out, T value) throws IOException {
        out.writeByte(VERSION);
        writeFields(out, value);
    }

    @Override
    public final T read(ObjectDataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("version: " + version + " (expected: " + VERSION + ")");
        }
        return readFields(in);
    }

    static void writeNode(ObjectDataOutput out, UUID node) throws IOException {
        out.writeLong(node.getMostSignificantBits());
        out.writeLong(node.getLeastSignificantBits());
    }

    static UUID readNode(ObjectDataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
