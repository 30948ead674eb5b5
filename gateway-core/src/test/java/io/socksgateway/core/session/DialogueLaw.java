package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

/** How octets are cut and how late questions are answered makes no difference to what a handshake says and asks. */
final class DialogueLaw {

    private DialogueLaw() {}

    /**
     * Tries the octets in one piece, then in pieces.
     *
     * @param lengths of the pieces, used in turn; one more than each octet's value
     * @param choices of the policy and the answers
     */
    static void holdsFor(byte[] octets, byte[] lengths, int choices) {
        Dialogue whole = new Dialogue(choices);
        whole.receive(octets, 0, octets.length);
        whole.answer();

        Dialogue pieces = new Dialogue(choices);
        boolean late = (choices & 0x80000) != 0;
        int from = 0;
        for (int i = 0; from < octets.length; i++) {
            int length = lengths.length == 0 ? 1 : 1 + (lengths[i % lengths.length] & 0xFF);
            int to = Math.min(octets.length, from + length);
            pieces.receive(octets, from, to);
            if (!late || i % 3 == 0) {
                pieces.answer();
            }
            from = to;
        }
        pieces.answer();

        assertThat(pieces.transcript()).isEqualTo(whole.transcript());
        assertThat(pieces.hasEnded()).isEqualTo(whole.hasEnded());
    }
}
