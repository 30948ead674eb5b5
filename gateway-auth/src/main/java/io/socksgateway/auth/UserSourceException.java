package io.socksgateway.auth;

import java.util.List;

/** A source of users is unusable. Its message is all that is wrong, a line each, without any password or hash. */
final class UserSourceException extends AuthException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    UserSourceException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
