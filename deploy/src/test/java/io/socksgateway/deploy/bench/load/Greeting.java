package io.socksgateway.deploy.bench.load;

import java.nio.ByteBuffer;

/** What a connection to the {@link Target} begins with: an octet that says what is wanted. */
final class Greeting {

    /** Everything that follows is sent back. */
    static final byte ECHO = 'e';

    /** The target sends the {@link Pattern} until it gets {@link #STOP}; the number of a {@link Transfer} follows. */
    static final byte SOURCE = 's';

    /** The target takes the pattern; the number of a {@link Transfer} follows. */
    static final byte SINK = 'k';

    static final byte STOP = '.';

    /** Octets of a greeting with a number. */
    static final int NUMBERED = 5;

    private Greeting() {}

    static NativeOctets numbered(byte kind, int number) {
        return NativeOctets.of(
                ByteBuffer.allocate(NUMBERED).put(kind).putInt(number).array());
    }
}
