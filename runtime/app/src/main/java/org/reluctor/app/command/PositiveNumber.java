package org.reluctor.app.command;

import java.util.Locale;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;

/** Checks numbers of the command line. */
final class PositiveNumber {
    private PositiveNumber() {
    }

    /** The number itself, if it is from 1 to {@code most}. */
    static int require(String option, int number, int most) {
        if (number < 1 || number > most) {
            throw new Failure(ExitStatus.USAGE, option + ": " + number + " is out of range; must be 1 to " + most);
        }
        return number;
    }

    /** The number itself, if it is 0 or more. */
    static long requireOrZero(String option, long number) {
        if (number < 0) {
            throw new Failure(ExitStatus.USAGE, option + ": " + number + " is out of range; must be 0 or more");
        }
        return number;
    }

    /** The number itself, if it is above 0 and at most {@code most}. */
    static double require(String option, double number, double most) {
        if (!(number > 0) || number > most) {
            throw new Failure(ExitStatus.USAGE, String.format(Locale.ROOT,
                    "%s: %s is out of range; must be above 0, at most %.0f", option, number, most));
        }
        return number;
    }

    /** The number itself, if it is above 0 and finite. */
    static double require(String option, double number) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new Failure(ExitStatus.USAGE, option + ": " + number + " is out of range; must be above 0");
        }
        return number;
    }
}
