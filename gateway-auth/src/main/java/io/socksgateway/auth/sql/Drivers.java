package io.socksgateway.auth.sql;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** Knows drivers by their URLs, and tells them of time limits, for which each has its own words. */
final class Drivers {

    private Drivers() {}

    /** Whether it is the driver of a URL. */
    static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
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
