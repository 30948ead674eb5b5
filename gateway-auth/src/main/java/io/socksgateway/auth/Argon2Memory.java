package io.socksgateway.auth;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;

/**
 * The blocks of one hash after another. New ones for each would outlive a collection or two before the hash is done, and so fill the
 * old generation with megabytes of garbage for every login, right or wrong.
 *
 * <p>What is kept is no more than the last hash was allowed, and zeroed, as it is made of a password; the collector may have it
 * when nobody has logged in for long, or memory is short.
 *
 * <p>For one hash at a time; {@link #borrow} and {@link #giveBack} are thread-safe.
 */
final class Argon2Memory implements BlockPool {

    private static final Queue<SoftReference<Argon2Memory>> IDLE = new ConcurrentLinkedQueue<>();

    private final Deque<Block> blocks = new ArrayDeque<>();
    private int most;

    private Argon2Memory() {}

    /**
     * Memory that nobody else uses until it is given back.
     *
     * @param most blocks of 1 KiB that it may hold: what an earlier hash has left beyond them is dropped
     */
    static Argon2Memory borrow(int most) {
        Argon2Memory memory = idle();
        memory.most = most;
        while (memory.blocks.size() > most) {
            memory.blocks.removeLast();
        }
        return memory;
    }

    private static Argon2Memory idle() {
        SoftReference<Argon2Memory> idle = IDLE.poll();
        while (idle != null) {
            Argon2Memory kept = idle.get();
            if (kept != null) {
                return kept;
            }
            idle = IDLE.poll();
        }
        return new Argon2Memory();
    }

    void giveBack() {
        boolean unused = IDLE.offer(new SoftReference<>(this));
    }

    @Override
    public Block allocate() {
        Block kept = blocks.pollLast();
        return kept == null ? new Block() : kept;
    }

    @Override
    public void deallocate(Block block) {
        if (blocks.size() < most) {
            blocks.addLast(block.clear());
        }
    }
}
