package io.socksgateway.auth;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line from an identd, RFC 1413 section 3: untrusted text of at most 1,000 octets.
 *
 * <pre>
 * client port , server port : USERID : opsys [, charset] : user
 * client port , server port : ERROR : reason
 * </pre>
 *
 * <p>Immutable.
 *
 * @param user null if the identd names none
 * @param detail for the log: the error's name, or what is wrong with the line
 */
record IdentReply(Optional<String> user, String detail) {

    /** The most octets that a line may have, its end not counted. */
    static final int MAX_LINE = 1_000;

    /** What is asked: a line with both ports. */
    static String query(int clientPort, int gatewayPort) {
        return clientPort + ", " + gatewayPort + "\r\n";
    }

    /** Reads a line without its end; one for other ports than asked is none. */
    static IdentReply parse(byte[] line, int clientPort, int gatewayPort) {
        String[] fields = new String(line, StandardCharsets.UTF_8).split(":", 4);
        if (fields.length < 3 || !isFor(fields[0], clientPort, gatewayPort)) {
            return none("a line that is no answer");
        }
        String kind = fields[1].strip();
        if (kind.equals("ERROR")) {
            return none("error " + fields[2].strip().replaceAll("[^A-Za-z0-9-]", "?"));
        }
        if (!kind.equals("USERID") || fields.length < 4) {
            return none("a line that is no answer");
        }
        String user = fields[3].strip();
        if (user.isEmpty()) {
            return none("an empty user");
        }
        return UserTable.isName(user) ? new IdentReply(Optional.of(user), "") : none("a name that no user has");
    }

    private static boolean isFor(String ports, int clientPort, int gatewayPort) {
        String[] pair = ports.split(",", 2);
        return pair.length == 2
                && pair[0].strip().equals(Integer.toString(clientPort))
                && pair[1].strip().equals(Integer.toString(gatewayPort));
    }

    private static IdentReply none(String detail) {
        return new IdentReply(Optional.empty(), detail);
    }
}
