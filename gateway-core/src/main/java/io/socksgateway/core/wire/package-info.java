/**
 * The frames of RFC 1928, RFC 1929, RFC 1961, SOCKS4, SOCKS4a and the PROXY protocol as pure codecs between bytes and
 * values.
 *
 * <p>A decoder answers {@link io.socksgateway.core.wire.Decoded}: incomplete, complete or malformed. May import
 * {@code address}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
