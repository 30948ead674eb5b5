/**
 * What relay, handshake and associations need of sockets: connecting, pausing, ending, and deadlines.
 *
 * <p>Entry points: {@link io.socksgateway.core.net.DeadlineWheel}, {@link io.socksgateway.core.net.Sockets}. May import
 * the pure packages.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.net;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
