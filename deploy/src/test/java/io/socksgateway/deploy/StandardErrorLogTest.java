package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What libraries may say. */
class StandardErrorLogTest {

    private final LoggerContext log = new LoggerContext();

    @BeforeEach
    void setUp() {
        StandardErrorLog.setUp(log);
    }

    @AfterEach
    void stop() {
        log.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "io.socksgateway.deploy, INFO",
        "io.vertx.core, INFO",
        "io.netty.channel, WARN",
        "io.netty.bootstrap.ServerBootstrap, ERROR",
        "io.netty.resolver.dns.DnsNameResolver, ERROR",
        "com.hazelcast.internal, ERROR"
    })
    void strangersChooseNoStackTraces(String logger, String least) {
        assertThat(log.getLogger(logger).getEffectiveLevel()).hasToString(least);
    }
}
