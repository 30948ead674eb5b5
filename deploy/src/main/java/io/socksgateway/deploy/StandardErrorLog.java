package io.socksgateway.deploy;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logback, set up to write the log of the gateway to standard error; standard output is for access lines. What logback does
 * to look for a configuration, and to read it, would be a quarter of a start. The system property
 * {@code logback.configurationFile} still names a file to use instead.
 */
public final class StandardErrorLog extends LogbackServiceProvider {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} %msg%n%ex{8}";

    /** Made by SLF4J, if it was told to before its first logger. */
    public StandardErrorLog() {}

    /** Tells SLF4J. */
    static void use() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, StandardErrorLog.class.getName());
        // It would say that it does what it was told.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public void initialize() {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            super.initialize();
            return;
        }
        LoggerContext log = (LoggerContext) getLoggerFactory();
        log.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
        log.setMDCAdapter(getMDCAdapter());
        setUp(log);
        log.start();
    }

    static void setUp(LoggerContext log) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(log);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(log);
        appender.setName("stderr");
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(encoder);
        appender.start();
        log.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(LogQueue.before(log, appender));
        log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        log.getLogger("io.netty").setLevel(Level.WARN);
        // An answer that cannot be decoded is told of with a stack trace; who asks for names chooses how often.
        log.getLogger("io.netty.resolver.dns").setLevel(Level.ERROR);
        // So is a connection to the admin endpoint that comes while that closes.
        log.getLogger("io.netty.bootstrap.ServerBootstrap").setLevel(Level.ERROR);
        // A member that dies is told of with stack traces; what matters of it is logged by the quota store.
        log.getLogger("com.hazelcast").setLevel(Level.ERROR);
    }
}
