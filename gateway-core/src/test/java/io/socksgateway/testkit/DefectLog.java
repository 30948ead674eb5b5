package io.socksgateway.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Hears what the libraries say of our mistakes in the log: leaked buffers, blocked event loops, and exceptions that
 * nobody has caught.
 *
 * <p>Thread-safe.
 */
public final class DefectLog extends AppenderBase<ILoggingEvent> {

    private static final DefectLog INSTANCE = new DefectLog();

    private static final Pattern BLOCKED =
            Pattern.compile("Thread (.+) has been blocked for (\\d+) ms, time limit is (\\d+) ms");
    private static final ProcessorWaits WAITS = ProcessorWaits.watch();

    private final Queue<String> defects = new ConcurrentLinkedQueue<>();

    private DefectLog() {
        setName("defects");
    }

    /** Makes sure that it is listening, also after the logging was configured anew. */
    public static DefectLog attach() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Pauses.begin();
        if (!root.isAttached(INSTANCE)) {
            INSTANCE.setContext(context);
            INSTANCE.start();
            root.addAppender(INSTANCE);
        }
        return INSTANCE;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        if (isDefect(event.getLoggerName(), message)) {
            IThrowableProxy cause = event.getThrowableProxy();
            defects.add(cause == null ? message : message + "\n" + ThrowableProxyUtil.asString(cause));
        }
    }

    private static boolean isDefect(String logger, String message) {
        return message.startsWith("LEAK: ")
                || (logger.endsWith(".BlockedThreadChecker") && isBlocked(message, DefectLog::kept))
                || (logger.startsWith("io.vertx.core.") && message.startsWith("Unhandled exception"))
                || (logger.startsWith("io.netty.") && message.startsWith("An exception was thrown by "));
    }

    /** How many of the last milliseconds a thread could not run. Who has to wait for a processor may see a pause too: it counts once. */
    private static long kept(String thread, long millis) {
        long paused = Pauses.millisSince(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millis));
        return Math.max(paused, WAITS.millis(thread, millis));
    }

    /**
     * Whether a report says that a loop was blocked by itself for longer than it may be.
     *
     * @param kept how many of the last milliseconds a thread was kept from running by the machine
     */
    static boolean isBlocked(String report, ToLongBiFunction<String, Long> kept) {
        Matcher blocked = BLOCKED.matcher(report);
        if (!blocked.find()) {
            return false;
        }
        long millis = Long.parseLong(blocked.group(2));
        return millis - kept.applyAsLong(blocked.group(1), millis) > Long.parseLong(blocked.group(3));
    }

    /** What was heard since the last call. */
    public List<String> drain() {
        List<String> heard = new ArrayList<>();
        for (String defect = defects.poll(); defect != null; defect = defects.poll()) {
            heard.add(defect);
        }
        return heard;
    }
}
