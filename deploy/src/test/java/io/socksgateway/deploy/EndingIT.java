package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingIT {

    private final Ending ending = new Ending();
    private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
    private final Path folder;

    EndingIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aStartThatIsToldToEndBeginsNothingAndHasEndedInOrder() throws Exception {
        int port = FreePorts.take(1).get(0);
        CompletableFuture<Void> hook = CompletableFuture.runAsync(() -> ending.end(codes::add));
        Eventually.isTrue("the process is told", ending::isAsked);
        assertThat(codes).as("it waits for the start").isEmpty();

        CommandFailure end = catchThrowableOfType(CommandFailure.class, () -> Service.start(on(port), ending));

        assertThat(end.exitCode()).isZero();
        assertThat(end.lines()).isEmpty();
        assertThat(Eventually.next(codes, "the exit code")).isZero();
        hook.join();
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).as("nobody listens").isTrue();
        }
    }

    @Test
    void aGatewayThatHasStartedIsStopped() throws Exception {
        int port = FreePorts.take(1).get(0);
        Service service = Service.start(on(port), ending);
        assertThat(service.readiness().isReady()).isTrue();

        ending.end(codes::add);

        assertThat(codes).containsExactly(0);
        assertThat(service.readiness().isReady()).isFalse();
    }

    @Test
    void oneThatCannotGoOnIsStoppedTooButNotInOrder() throws Exception {
        Service service = Service.start(on(FreePorts.take(1).get(0)), ending);
        ending.failed();

        ending.end(codes::add);

        assertThat(codes).containsExactly(ExitCode.FAILED);
        assertThat(service.readiness().isReady()).isFalse();
    }

    @Test
    void aStartThatHasFailedKeepsItsExitCode() {
        ending.notStarted(new CommandFailure(ExitCode.WRONG_CONFIGURATION, List.of("wrong")));

        ending.end(codes::add);

        assertThat(codes).isEmpty();
    }

    private RunArguments on(int port) throws IOException {
        Path file = folder.resolve("gateway.json");
        Files.writeString(file, """
                {"listeners": [{"port": %d}], "timeouts": {"drain": "0s"},
                 "log": {"access": {"path": "access.log"}}}""".formatted(port));
        return new RunArguments(file, null);
    }
}
