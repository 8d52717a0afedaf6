package org.reluctor.opencl.tuning;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of {@link LaunchParameters} that measurement decides: it stands in tables and files, and a search
 * tries its values. Of an enum or a boolean every value is tried; a number says which.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Tuned {
    /** Least value of a number. */
    long from() default 0;

    /** Largest value of a number. */
    long to() default 0;

    /** The values of a number that a search tries; others within the range may stand in a file. */
    long[] tried() default {};
}
