/**
 * Kerberos clients: the acceptor's side of the GSS-API with the JDK's own implementation, on a keytab.
 *
 * <p>Entry points: {@link io.socksgateway.auth.gssapi.GssAcceptor}, {@link io.socksgateway.auth.gssapi.KeytabCheck}. May
 * import core.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.auth.gssapi;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
