package org.reluctor.certify.vnnlib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reluctor.certify.interval.Box;

/**
 * Multiplies and, or out to cases of which each is a box of inputs and linear conditions. A case whose bounds leave no
 * input is dropped, and so is one with a condition on numbers that does not hold.
 */
final class CaseExpansion {
    /** A product of alternatives beyond this would not be decided in anybody's time. */
    private static final int MOST_CASES = 100_000;

    private final List<Place> inputs;
    /** Where the last contradiction stood, in case nothing is left. */
    private String contradiction = "";
    private Place contradictionPlace = new Place(1, 1);

    private CaseExpansion(List<Place> inputs) {
        this.inputs = inputs;
    }

    /**
     * The cases of a formula.
     *
     *  inputs where each is declared
     * @throws VnnLibException if there are too many or none, or an input of one is not bounded on both sides
     */
    static List<PropertyCase> cases(Formula formula, List<Place> inputs) {
        CaseExpansion expansion = new CaseExpansion(inputs);
        List<PartialCase> partial = expansion.expand(formula, List.of(new PartialCase(inputs.size())));
        if (partial.isEmpty()) {
            throw VnnLibException.at(expansion.contradictionPlace, expansion.contradiction);
        }
        List<PropertyCase> cases = new ArrayList<>();
        for (PartialCase each : partial) {
            cases.add(expansion.complete(each));
        }
        return cases;
    }

    private List<PartialCase> expand(Formula formula, List<PartialCase> before) {
        if (formula instanceof Formula.All all) {
            List<PartialCase> result = before;
            for (Formula part : all.parts()) {
                result = expand(part, result);
            }
            return result;
        }
        if (formula instanceof Formula.Any any) {
            List<PartialCase> result = new ArrayList<>();
            for (Formula part : any.parts()) {
                result.addAll(expand(part, before));
                if (result.size() > MOST_CASES) {
                    throw VnnLibException.at(any.place(), "alternatives multiply to more than " + MOST_CASES
                            + " cases; must be fewer");
                }
            }
            return result;
        }
        Formula.AtMost atom = (Formula.AtMost) formula;
        return before.stream().map(each -> with(each, atom)).flatMap(Optional::stream).toList();
    }

    private Optional<PartialCase> with(PartialCase before, Formula.AtMost atom) {
        LinearForm form = atom.form();
        if (form.isConstant() && form.constant() > 0) {
            return contradicted(atom.place(), "the inequality of two numbers does not hold; must hold");
        }
        PartialCase result = before.with(form);
        if (form.isOfOneInput()) {
            int index = form.inputs().keySet().iterator().next();
            if (result.low(index) > result.high(index)) {
                return contradicted(atom.place(), "X_" + index + " must be at least " + result.low(index)
                        + " and at most " + result.high(index) + "; must ascend");
            }
        }
        return Optional.of(result);
    }

    private Optional<PartialCase> contradicted(Place place, String what) {
        contradictionPlace = place;
        contradiction = what;
        return Optional.empty();
    }

    private PropertyCase complete(PartialCase partial) {
        for (int index = 0; index < inputs.size(); index++) {
            boolean below = Double.isInfinite(partial.low(index));
            if (below || Double.isInfinite(partial.high(index))) {
                throw VnnLibException.at(inputs.get(index), "X_" + index + " has no " + (below ? "lower" : "upper")
                        + " bound" + (below ? "" : " above " + partial.low(index))
                        + "; every input must have both, in every case");
            }
        }
        return new PropertyCase(new Box(partial.lows(), partial.highs()), partial.conditions());
    }
}
