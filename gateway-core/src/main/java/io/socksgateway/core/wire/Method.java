package io.socksgateway.core.wire;

/** The authentication methods of RFC 1928 section 3, by their octet. */
public final class Method {

    public static final int NONE = 0x00;
    public static final int GSSAPI = 0x01;
    /** Username and password, RFC 1929. */
    public static final int USERPASS = 0x02;
    /** None of the client's methods will do. */
    public static final int UNACCEPTABLE = 0xFF;

    private Method() {}
}
