package io.socksgateway.core.config;

/** Reads section {@code timeouts}. */
final class TimeoutsReader {

    private TimeoutsReader() {}

    static TimeoutsConfig read(Section section) {
        return new TimeoutsConfig(
                section.value("handshake", "10s", DurationText.POSITIVE),
                section.value("auth", "5s", DurationText.POSITIVE),
                section.value("connect", "10s", DurationText.POSITIVE),
                section.value("idle", "300s", DurationText.POSITIVE),
                section.value("halfClosed", "30s", DurationText.POSITIVE),
                section.value("bind", "60s", DurationText.POSITIVE),
                section.value("drain", "60s", DurationText.OR_ZERO));
    }
}
