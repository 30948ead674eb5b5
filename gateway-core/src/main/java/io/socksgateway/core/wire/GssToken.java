package io.socksgateway.core.wire;

/** An opaque token of the GSS-API. It may hold keys, or something to log in with again: its text says how long it is. */
public final class GssToken {

    private final byte[] octets;

    private GssToken(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A token.
     *
     * @param octets not copied
     */
    public static GssToken of(byte[] octets) {
        return new GssToken(octets);
    }

    /** Not a copy. */
    public byte[] octets() {
        return octets;
    }

    @Override
    public String toString() {
        return "token of " + octets.length + " octets";
    }
}
