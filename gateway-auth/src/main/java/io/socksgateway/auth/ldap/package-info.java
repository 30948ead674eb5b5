/**
 * Logins at a directory: finding a user's entry, binding as the user, reading groups.
 *
 * <p>Entry point: {@link io.socksgateway.auth.ldap.Directory}. Everything here blocks. May import {@code core}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.auth.ldap;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
