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
 * <p>Blocks are zeroed before they are kept, as they are made of a password, and the collector may have them when nobody has
 * logged in for long, or memory is short.
 *
 * <p>For one hash at a time; {@link #borrow} and {@link #giveBack} are thread-safe.
 */
final class Argon2Memory implements BlockPool {

    /** Blocks of 1 KiB that are kept for the next hash: more than three times what a hash takes by default. */
    private static final int KEPT = 64 << 10;

    private static final Queue<SoftReference<Argon2Memory>> IDLE = new ConcurrentLinkedQueue<>();

    private final Deque<Block> blocks = new ArrayDeque<>();

    private Argon2Memory() {}

    /** Memory that nobody else uses until it is given back. */
    static Argon2Memory borrow() {
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
        if (blocks.size() < KEPT) {
            blocks.addLast(block.clear());
        }
    }
}
