/**
 * Users in a database: their stored passwords and groups, by queries of the configuration.
 *
 * <p>Entry point: {@link io.socksgateway.auth.sql.UserDatabase}. Everything here blocks. May import {@code core}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.auth.sql;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
