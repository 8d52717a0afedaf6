package org.reluctor.certify.vnnlib;

import java.util.List;

/** A property of a network with so many inputs and outputs, as the cases in which it is violated. Immutable. */
public final class VnnLibProperty {
    private final List<PropertyCase> cases;

    private VnnLibProperty(List<PropertyCase> cases) {
        this.cases = List.copyOf(cases);
    }

    /**
     * Reads a property.
     *
     * @param text    of the file
     * @param inputs  of the network for one frame
     * @param outputs of the network's first output for one frame
     * @throws VnnLibException if the text is no property of such a network
     */
    public static VnnLibProperty read(String text, int inputs, int outputs) {
        FormulaReader reader = new FormulaReader(inputs, outputs);
        Formula formula = reader.read(text);
        return new VnnLibProperty(CaseExpansion.cases(formula, reader.inputPlaces()));
    }

    /** How many cases there are, at least one. */
    public int size() {
        return cases.size();
    }

    List<PropertyCase> cases() {
        return cases;
    }
}
