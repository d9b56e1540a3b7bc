package dev.yardmaster.tool;

import dev.yardmaster.event.Effect;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What repeating a call of a {@code @Tool} method would do; {@link Effect#ONCE} where it is not said. A method that only
 * reads runs unasked, beside others, and again after a crash.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ToolEffect {

    Effect value();
}
