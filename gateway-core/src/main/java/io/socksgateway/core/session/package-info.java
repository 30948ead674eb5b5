/**
 * A session before its tunnel: the handshake as a state machine without I/O, the table from failure to reply, and the
 * record of how a session went.
 *
 * <p>Entry point: {@link io.socksgateway.core.session.Handshake}. May import {@code address}, {@code wire}, {@code
 * rules}, {@code quota}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
