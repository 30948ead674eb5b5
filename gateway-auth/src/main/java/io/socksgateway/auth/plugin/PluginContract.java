package io.socksgateway.auth.plugin;

/**
 * The words of version 1 of the contract between the gateway and a plug-in that authenticates: JSON objects on the event bus,
 * a question and its answer, on one node.
 *
 * <pre>
 * config    {"gateway": {"version": 1, "name": "partner", "address": "gateway.auth.v1.plugin.partner"}, …its own…}
 *
 * hello     {"version": 1, "ask": "hello"}                        once, at the start: any answer will do
 *
 * login     {"version": 1, "ask": "login", "method": "userpass", "user": "alice", "password": "…",
 *            "client": "192.0.2.7", "listener": "public", "session": "…"}
 *           "passwordOctets": "base64url" instead of "password", if its octets are not UTF-8
 *        →  {"result": "accepted", "user": "alice", "groups": ["staff"], "quota": "gold",
 *            "egress": "192.0.2.10", "expiry": "2030-01-01T00:00:00Z"}       all but the result may be left out
 *        →  {"result": "rejected", "reason": "for the log"}                  nobody else is asked
 *        →  {"result": "unknown"}                                            the next authenticator is asked
 *
 * exchange  {"version": 1, "ask": "exchange", "method": "hmac", "round": 0, "octets": "base64url", "state": "…",
 *            "client": "192.0.2.7", "listener": "public", "session": "…"}
 *        →  {"result": "continue", "consumed": 32, "send": "base64url", "need": 32, "state": "…"}
 *        →  {"result": "accepted", "consumed": 32, "send": "base64url", "user": "alice", …as above…}
 *        →  {"result": "rejected", "send": "base64url", "reason": "for the log"}
 * </pre>
 *
 * <p>Octets are in base64url without padding, as Vert.x has them in JSON (RFC 7515); an answer may also use plain base64. The
 * exchange begins with round 0 and no octets, when the client has chosen the method. What is not consumed is shown again, with
 * what has come behind it. Behind an acceptance it is the client's request.
 *
 * <p>An answer with another key, a wrong type, or a value that is too large is a denial. Whatever else is added to a question
 * within version 1 may be ignored.
 */
public final class PluginContract {

    public static final int VERSION = 1;

    /** The key of a plug-in's configuration under which the gateway tells it where to listen. */
    public static final String GATEWAY = "gateway";

    /** Of {@link #GATEWAY}: where the plug-in listens on the event bus. */
    public static final String ADDRESS = "address";

    /** Of {@link #GATEWAY}: what the configuration calls the plug-in. */
    public static final String NAME = "name";

    /** Of {@link #GATEWAY} and of each question: {@link #VERSION}. An answer may have it too. */
    public static final String VERSION_KEY = "version";

    /** Of a question: {@link #HELLO}, {@link #LOGIN} or {@link #EXCHANGE}. */
    public static final String ASK = "ask";

    public static final String HELLO = "hello";
    public static final String LOGIN = "login";
    public static final String EXCHANGE = "exchange";

    /** Of a question: the name of the method, {@code userpass} or that of the configuration. */
    public static final String METHOD = "method";

    /** Of a question: the client's address, without port. */
    public static final String CLIENT = "client";

    /** Of a question: the name of the listener that the client came in by. */
    public static final String LISTENER = "listener";

    /** Of a question: the id of the session, as in the log. */
    public static final String SESSION = "session";

    /** Of a login: the name. Of an answer: the name that counts, 1 to 255 octets of UTF-8. */
    public static final String USER = "user";

    public static final String PASSWORD = "password";
    public static final String PASSWORD_OCTETS = "passwordOctets";

    /** Of an exchange: how many times this session was asked before. */
    public static final String ROUND = "round";

    /** Of an exchange: what the client has sent and was not consumed yet, in base64url. */
    public static final String OCTETS = "octets";

    /** Of an exchange: what the last answer had under this key, at most {@link #MAX_STATE} characters. */
    public static final String STATE = "state";

    /** Of an answer: what it is. */
    public static final String RESULT = "result";

    public static final String ACCEPTED = "accepted";
    public static final String REJECTED = "rejected";
    public static final String UNKNOWN = "unknown";
    public static final String CONTINUE = "continue";

    /** Of a rejection: a text for the log, of which {@link #MAX_REASON} characters are used. */
    public static final String REASON = "reason";

    /** Of an acceptance: at most {@link #MAX_GROUPS} names. */
    public static final String GROUPS = "groups";

    /** Of an acceptance: the name of a quota of the configuration, which counts this session too. */
    public static final String QUOTA = "quota";

    /** Of an acceptance: the address that targets are dialled from, one of {@code egress.bind} or {@code egress.pool}. */
    public static final String EGRESS = "egress";

    /** Of an acceptance: when the session ends, as {@code 2030-01-01T00:00:00Z}. */
    public static final String EXPIRY = "expiry";

    /** Of an answer to an exchange: how many of the octets were used up; 0 without it. */
    public static final String CONSUMED = "consumed";

    /** Of an answer to an exchange: what the client is sent, in base64url or base64. */
    public static final String SEND = "send";

    /**
     * Of "continue": how many octets there must be before it is asked again, those that are shown again included. Without it:
     * one, or if it has consumed none, one more than it was shown.
     */
    public static final String NEED = "need";

    public static final int MAX_GROUPS = 256;
    public static final int MAX_REASON = 200;
    public static final int MAX_STATE = 8_192;

    private PluginContract() {}
}
