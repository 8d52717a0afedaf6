package org.reluctor.certify.vnnlib;

import java.util.Optional;
import org.reluctor.certify.bound.Verdict;

/**
 * The answer to a property.
 *
 * @param outcome what is proven
 * @param witness where it is violated
 * @param least   proven: in every case some condition is missed by this much; negative where it is not known
 * @param open    cases that the time did not suffice for
 * @param regions parts that were looked at
 */
public record PropertyVerdict(Verdict.Outcome outcome, Optional<Witness> witness, double least, int open,
        long regions) {
    static PropertyVerdict holds(double least, long regions) {
        return new PropertyVerdict(Verdict.Outcome.HOLDS, Optional.empty(), least, 0, regions);
    }

    static PropertyVerdict unknown(int open, double least, long regions) {
        return new PropertyVerdict(Verdict.Outcome.OPEN, Optional.empty(), least, open, regions);
    }

    static PropertyVerdict violated(Witness witness, long regions) {
        return new PropertyVerdict(Verdict.Outcome.VIOLATED, Optional.of(witness), Double.NaN, 0, regions);
    }

    /** For people: holds, violated, unknown. */
    public String word() {
        return switch (outcome) {
            case HOLDS -> "holds";
            case VIOLATED -> "violated";
            case OPEN -> "unknown";
        };
    }

    /** As the verification competition has it: whether the assertions can be satisfied. */
    public String result() {
        return switch (outcome) {
            case HOLDS -> "unsat";
            case VIOLATED -> "sat";
            case OPEN -> "unknown";
        };
    }
}
