package io.socksgateway.core.config;

/** Says where and why a text is no configuration document; has no stack trace, for it is an answer and not a defect. */
final class JsonSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    private final String hint;

    JsonSyntaxException(String message, String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return hint;
    }
}
