package io.socksgateway.core.relay.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import io.socksgateway.testkit.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PipesTest {

    @BeforeAll
    static void epoll() {
        Epoll.ensureAvailability();
    }

    @Test
    void spliceWorksHere() {
        assertThat(Splice.works()).isTrue();
        assertThat(DataPath.choose(true)).isEqualTo(DataPath.SPLICE);
        assertThat(DataPath.choose(false)).isEqualTo(DataPath.NETTY);
    }

    @Test
    void aPipeBecomesLargeOnceThatIsPossible() throws Exception {
        FileDescriptor[] ends = FileDescriptor.pipe();
        try {
            Eventually.isTrue("large", () -> PipeSize.enlarge(ends[1]));
            assertThat(capacity(ends[1])).isEqualTo(PipeSize.LARGE);
        } finally {
            PipeSize.released();
            ends[0].close();
            ends[1].close();
        }
    }

    private static int capacity(FileDescriptor end) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 16);
        int all = 0;
        for (int written = 1; written > 0; all += written) {
            written = Math.max(0, end.write(block, 0, block.capacity()));
        }
        return all;
    }

    /** Pipes have to leave descriptors for sockets, and large ones memory for all of them. */
    @Test
    void thereAreOnlySoMany() throws IOException {
        Pipes pipes = new Pipes(20);
        List<Pipes.Pipe> borrowed = new ArrayList<>();
        for (Pipes.Pipe pipe = pipes.borrow(); pipe != null; pipe = pipes.borrow()) {
            borrowed.add(pipe);
        }
        assertThat(borrowed).hasSize(20).doesNotHaveDuplicates();
        pipes.giveBack(borrowed.remove(0));
        Pipes.Pipe again = pipes.borrow();
        assertThat(again).isNotNull();
        assertThat(pipes.borrow()).isNull();
        borrowed.add(again);
        borrowed.forEach(pipes::giveBack);
        pipes.close();
    }
}
