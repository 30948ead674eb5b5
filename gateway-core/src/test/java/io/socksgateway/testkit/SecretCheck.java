package io.socksgateway.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class with {@link KeepsSecret} whose output holds one of its secrets. */
final class SecretCheck implements BeforeAllCallback, AfterAllCallback {

    private static final String GATEWAY = "io.socksgateway";

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final LogEar ear = new LogEar();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger gateway = (Logger) LoggerFactory.getLogger(GATEWAY);
    private final Level before = gateway.getLevel();
    private List<String> secrets = List.of();

    @Override
    public void beforeAll(ExtensionContext context) {
        start(List.of(
                context.getRequiredTestClass().getAnnotation(KeepsSecret.class).value()));
    }

    void start(List<String> theSecrets) {
        secrets = theSecrets;
        KeptSecrets.add(theSecrets);
        ear.setContext(root.getLoggerContext());
        ear.start();
        root.addAppender(ear);
        gateway.setLevel(Level.TRACE);
        System.setOut(new PrintStream(new LineEar(out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new LineEar(err), true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    void stop() {
        System.out.flush();
        System.err.flush();
        System.setOut(out);
        System.setErr(err);
        gateway.setLevel(before);
        root.detachAppender(ear);
        if (!leaks.isEmpty()) {
            throw new AssertionError("a secret is in the output:\n" + String.join("\n", leaks));
        }
    }

    private void hear(String text) {
        if (secrets.stream().anyMatch(text::contains)) {
            leaks.add(text);
        }
    }

    /** Hears every event of the log, printed or not. */
    private final class LogEar extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            IThrowableProxy cause = event.getThrowableProxy();
            hear(event.getLoggerName() + " " + event.getFormattedMessage()
                    + (cause == null ? "" : "\n" + ThrowableProxyUtil.asString(cause)));
        }
    }

    /** Hears every line that passes. */
    private final class LineEar extends FilterOutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        LineEar(OutputStream to) {
            super(to);
        }

        @Override
        public synchronized void write(int octet) throws IOException {
            out.write(octet);
            if (octet == '\n') {
                hear(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(octet);
            }
        }

        @Override
        public synchronized void write(byte[] octets, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                write(octets[i]);
            }
        }
    }
}
