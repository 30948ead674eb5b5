package io.socksgateway.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON file of users: {@code {"users": [{"name": "alice", "password": "{argon2id}…", "groups": ["staff"]}]}}, or the array alone.
 * Only {@code groups} may be left out. Other keys, and keys given twice, are problems.
 *
 * <p>Confined to one thread.
 */
final class JsonUsersFormat {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final String file;
    private final JsonParser parser;
    private final UserTable.Builder users;

    private JsonUsersFormat(String file, JsonParser parser, UserTable.Builder users) {
        this.file = file;
        this.parser = parser;
        this.users = users;
    }

    /**
     * Adds the users of a file and what is wrong with it.
     *
     * @param file what problems call it
     */
    static void read(String file, String text, UserTable.Builder users) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            new JsonUsersFormat(file, parser, users).document();
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the text, which may be part of a hash.
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            users.problem(file + ":" + line, "this is not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void document() throws IOException {
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            list();
        } else {
            object();
        }
        if (parser.nextToken() != null) {
            problem("there is more behind the end");
        }
    }

    private void object() throws IOException {
        boolean found = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean first = parser.currentName().equals("users") && !found;
            JsonToken value = parser.nextToken();
            if (first && value == JsonToken.START_ARRAY) {
                found = true;
                list();
            } else {
                problem("the key is unknown, given twice or has a wrong value (expected: \"users\" with a list)");
                parser.skipChildren();
            }
        }
        if (!found) {
            problem("\"users\" is missing");
        }
    }

    private void list() throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                user();
            } else {
                problem("malformed user (expected: an object with name, password and groups)");
                parser.skipChildren();
            }
        }
    }

    private void user() throws IOException {
        String where = where();
        Set<String> seen = new HashSet<>();
        String name = null;
        String password = null;
        Set<String> groups = Set.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!seen.add(key)) {
                problem("a key of the user is given twice");
            }
            JsonToken value = parser.nextToken();
            switch (key) {
                case "name" -> name = string("name", value);
                case "password" -> password = string("password", value);
                case "groups" -> groups = groups(value);
                default -> {
                    problem("unknown key of a user (expected: name, password, groups)");
                    parser.skipChildren();
                }
            }
        }
        if (name != null && password != null) {
            users.add(where, name, password, groups);
        } else if (!seen.contains("name") || !seen.contains("password")) {
            users.problem(where, "a user needs a name and a password");
        }
    }

    private @Nullable String string(String key, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        problem("malformed " + key + " (expected: a string)");
        parser.skipChildren();
        return null;
    }

    private Set<String> groups(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return Set.of(parser.getText());
        }
        Set<String> groups = new HashSet<>();
        if (value != JsonToken.START_ARRAY) {
            problem("malformed groups (expected: a list of strings)");
            parser.skipChildren();
            return groups;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String group = string("group", parser.currentToken());
            if (group != null && !groups.add(group)) {
                problem("a group is given twice");
            }
        }
        return groups;
    }

    private void problem(String what) {
        users.problem(where(), what);
    }

    private String where() {
        return file + ":" + parser.currentTokenLocation().getLineNr();
    }
}
