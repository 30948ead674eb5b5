package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.junit.jupiter.api.Test;

/** One hash after another in the same memory. */
class Argon2MemoryTest {

    private static final byte[] PASSWORD = "Tr0ub4dor&3 and a horse".getBytes(StandardCharsets.UTF_8);

    /** What a hash takes by default. */
    private static final long MEMORY = 19_456L << 10;

    @Test
    void aHashAllocatesNoMemoryOfItsOwnOnceOneWasMade() {
        PasswordHash hash = Argon2Hash.parse(Argon2Hash.create(PASSWORD));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(hash.verify(PASSWORD)).isTrue();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MEMORY / 10);
        assertThat(hash.verify(new byte[] {1})).isFalse();
        assertThat(hash.verify(PASSWORD)).isTrue();
    }

    @Test
    void aBlockIsUsedAgain() {
        Argon2Memory memory = Argon2Memory.borrow();
        Block block = memory.allocate();
        memory.deallocate(block);
        assertThat(memory.allocate()).isSameAs(block);
        memory.deallocate(block);
        memory.giveBack();
    }
}
