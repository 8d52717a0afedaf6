/** Float64 arithmetic that errs to the safe side, and boxes. */
package org.reluctor.certify.interval;
