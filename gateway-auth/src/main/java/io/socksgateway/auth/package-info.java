/**
 * Authentication: the verticle that answers for credentials, its authenticators, who is banned for guessing, and the kinds of
 * password hashes.
 *
 * <p>Entry points: {@link io.socksgateway.auth.AuthVerticle}, {@link io.socksgateway.auth.AuthCheck}, {@link
 * io.socksgateway.auth.PasswordHash}. May import {@code core}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
