package io.socksgateway.deploy;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A quota as {@code explain} tells of it, in words instead of JSON. */
final class QuotaWords {

    private QuotaWords() {}

    /**
     * {@code quota per-user: 200 sessions, 50GB per month for each user, here alice}.
     *
     * @param quota as the API answers
     */
    static String of(JsonObject quota) {
        String key = quota.getString("key");
        List<String> subjects = new ArrayList<>();
        quota.getJsonArray("subjects").forEach(subject -> subjects.add(subject(key, subject.toString())));
        return "quota %s: %s for each %s, here %s"
                .formatted(
                        quota.getString("name"),
                        String.join(", ", limits(quota.getJsonObject("limits"))),
                        key,
                        String.join(", ", subjects));
    }

    private static String subject(String key, String name) {
        if (!name.isEmpty()) {
            return name;
        }
        return switch (key) {
            case "listener" -> "that of --listener";
            case "group" -> "(no group)";
            default -> "(no login)";
        };
    }

    private static List<String> limits(JsonObject limits) {
        List<String> words = new ArrayList<>();
        if (limits.containsKey("sessions")) {
            words.add(Printing.many(limits.getLong("sessions"), "session"));
        }
        if (limits.containsKey("sessionsPerSecond")) {
            words.add(Printing.many(limits.getLong("sessionsPerSecond"), "new session") + " a second");
        }
        JsonObject traffic = limits.getJsonObject("traffic");
        if (traffic != null) {
            String direction = traffic.getString("direction", "total");
            words.add("%s%s per %s"
                    .formatted(
                            traffic.getValue("limit"),
                            direction.equals("total") ? "" : " " + direction,
                            traffic.getString("per")));
        }
        JsonObject bandwidth = limits.getJsonObject("bandwidth");
        if (bandwidth != null) {
            bandwidth.forEach(each -> words.add(each.getValue() + " " + each.getKey()));
        }
        return words;
    }
}
