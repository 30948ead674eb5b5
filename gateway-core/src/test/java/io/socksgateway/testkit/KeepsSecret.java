package io.socksgateway.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class whose passwords must be in no output: neither in what the gateway logs, at whatever level, nor in what anybody
 * prints.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SecretCheck.class)
public @interface KeepsSecret {

    /** The passwords: nothing that could be in an output by chance. */
    String[] value();
}
