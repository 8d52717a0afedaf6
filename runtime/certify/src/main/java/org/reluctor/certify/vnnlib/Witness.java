package org.reluctor.certify.vnnlib;

/**
 * An input that violates a property, as the float64 reference says.
 *
 * @param number  of the case, from 0
 * @param input   in the network's own unit; float32 numbers wherever such violate
 * @param outputs of the reference
 * @param margin  the least by which a condition of the case is fulfilled, 0 or more; infinite where it has none
 */
public record Witness(int number, double[] input, double[] outputs, double margin) {
    /** The least by which the case's conditions are fulfilled by other outputs, such as a device's. */
    public double margin(VnnLibProperty property, double[] others) {
        return property.cases().get(number).margin(input, others);
    }

    /** As the verification competition writes it: ((X_0 0.5) … (Y_0 1.25)). */
    public String text() {
        StringBuilder text = new StringBuilder("(");
        append(text, "X", input);
        append(text, "Y", outputs);
        return text.append(')').toString();
    }

    private static void append(StringBuilder text, String name, double[] values) {
        for (int at = 0; at < values.length; at++) {
            text.append(text.length() > 1 ? "\n " : "").append('(').append(name).append('_').append(at).append(' ')
                    .append(values[at]).append(')');
        }
    }
}
