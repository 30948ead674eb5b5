package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/**
 * A kind of value: how it is checked and what it becomes. Never throws.
 *
 * <p>Immutable.
 */
interface Kind<T> {

    /** The value; or null, once what is wrong has been reported. */
    @Nullable
    T read(Cursor at);

    /** What is right, as a hint says it after "expected: ". */
    String expected();
}
