package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
    void whatIsUsedAgainSaysNothingOfTheHashBefore() throws ReflectiveOperationException {
        Argon2Memory memory = Argon2Memory.borrow(1);
        Block block = memory.allocate();
        Field words = Block.class.getDeclaredField("v");
        words.setAccessible(true);
        Arrays.fill((long[]) words.get(block), -1);
        memory.deallocate(block);
        assertThat(memory.allocate()).isSameAs(block);
        assertThat((long[]) words.get(block)).containsOnly(0);
    }

    @Test
    void aSmallHashKeepsNoneOfTheMemoryOfALargeOne() {
        Argon2Memory large = Argon2Memory.borrow(100);
        List<Block> blocks = Stream.generate(large::allocate).limit(100).toList();
        blocks.forEach(large::deallocate);
        large.giveBack();
        List<Argon2Memory> all = new ArrayList<>();
        Argon2Memory small;
        do { // others may be idle before it
            small = Argon2Memory.borrow(10);
            all.add(small);
        } while (small != large);
        assertThat(Stream.generate(small::allocate).limit(100).filter(blocks::contains))
                .hasSize(10);
        all.forEach(Argon2Memory::giveBack);
    }
}
