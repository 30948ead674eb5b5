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
import org.slf4j.LoggerFactory;

/**
 * Hears what the libraries say of our mistakes in the log: leaked buffers, blocked event loops, and exceptions that
 * nobody has caught.
 *
 * <p>Thread-safe.
 */
public final class DefectLog extends AppenderBase<ILoggingEvent> {

    private static final DefectLog INSTANCE = new DefectLog();

    private final Queue<String> defects = new ConcurrentLinkedQueue<>();

    private DefectLog() {
        setName("defects");
    }

    /** Makes sure that it is listening, also after the logging was configured anew. */
    public static DefectLog attach() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
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
                || (logger.endsWith(".BlockedThreadChecker") && message.contains(" has been blocked for "))
                || (logger.startsWith("io.vertx.core.") && message.startsWith("Unhandled exception"))
                || (logger.startsWith("io.netty.") && message.startsWith("An exception was thrown by "));
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
