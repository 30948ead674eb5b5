/**
 * Looking names up: the questions to the name servers, what their answers mean, and what is remembered of them.
 *
 * <p>Entry point: {@link io.socksgateway.core.net.dns.DnsNames}. May import the pure packages and {@code net}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.net.dns;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
