package io.socksgateway.auth.sql;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** What drivers are told of time limits, as each has its own words for them. */
final class Drivers {

    private Drivers() {}

    /**
     * Finds the driver of a URL.
     *
     * @throws IllegalArgumentException if there is none
     */
    static void check(String url) {
        try {
            Object unused = DriverManager.getDriver(url);
        } catch (SQLException e) {
            String scheme = url.substring(0, url.indexOf(':', "jdbc:".length()) + 1);
            throw new IllegalArgumentException(
                    "url: there is no driver for " + scheme + " (expected: its jar in the lib folder of the gateway)",
                    e);
        }
    }

    /** Limits for connecting and for each answer; what the URL says goes before. */
    static Properties limits(String url, long millis) {
        long seconds = Math.max(1, (millis + 999) / 1_000);
        Properties limits = new Properties();
        if (url.startsWith("jdbc:postgresql:")) {
            limits.setProperty("connectTimeout", String.valueOf(seconds));
            limits.setProperty("loginTimeout", String.valueOf(seconds));
            limits.setProperty("socketTimeout", String.valueOf(seconds));
            limits.setProperty("tcpKeepAlive", "true");
            limits.setProperty("ApplicationName", "socks-gateway");
        } else if (url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:")) {
            limits.setProperty("connectTimeout", String.valueOf(millis));
            limits.setProperty("socketTimeout", String.valueOf(millis));
        } else if (url.startsWith("jdbc:sqlserver:")) {
            limits.setProperty("loginTimeout", String.valueOf(seconds));
            limits.setProperty("socketTimeout", String.valueOf(millis));
        }
        return limits;
    }
}
