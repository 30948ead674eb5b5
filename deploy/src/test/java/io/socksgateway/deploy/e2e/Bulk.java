package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** Bytes in bulk, with checksums. */
final class Bulk {

    private static final int CHUNK = 64 << 10;

    private Bulk() {}

    /** Sends so many bytes, which nobody could guess, through an echo and compares what comes back meanwhile. */
    static void exchange(Socket socket, int length, long seed) throws Exception {
        socket.setSoTimeout(30_000);
        CompletableFuture<Long> sent = new CompletableFuture<>();
        Thread sender = new Thread(
                () -> {
                    try {
                        sent.complete(send(socket, length, seed));
                    } catch (IOException | RuntimeException e) {
                        sent.completeExceptionally(e);
                    }
                },
                "bulk-sender");
        sender.setDaemon(true);
        sender.start();
        CRC32C received = new CRC32C();
        long count = 0;
        byte[] chunk = new byte[CHUNK];
        InputStream in = socket.getInputStream();
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            received.update(chunk, 0, read);
            count += read;
        }
        assertThat(count).isEqualTo(length);
        assertThat(received.getValue()).isEqualTo(sent.get(30, TimeUnit.SECONDS));
    }

    private static long send(Socket socket, int length, long seed) throws IOException {
        Random random = new Random(seed);
        CRC32C sum = new CRC32C();
        byte[] chunk = new byte[CHUNK];
        OutputStream out = socket.getOutputStream();
        for (int left = length; left > 0; left -= CHUNK) {
            random.nextBytes(chunk);
            int size = Math.min(left, CHUNK);
            sum.update(chunk, 0, size);
            out.write(chunk, 0, size);
        }
        socket.shutdownOutput();
        return sum.getValue();
    }
}
