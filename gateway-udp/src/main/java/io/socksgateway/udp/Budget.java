package io.socksgateway.udp;

/**
 * An amount of memory that several share.
 *
 * <p>Confined to its event loop.
 */
final class Budget {

    private long left;

    /**
     * @param limit octets
     */
    Budget(long limit) {
        this.left = limit;
    }

    /** Takes so many octets, or none if there are fewer. */
    boolean take(int octets) {
        if (octets > left) {
            return false;
        }
        left -= octets;
        return true;
    }

    void give(int octets) {
        left += octets;
    }

    long left() {
        return left;
    }
}
