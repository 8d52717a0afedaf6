package org.reluctor.devicetests;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What a device computed, to be held against the same of another device.
 *
 * @param name      of the computation, the same on every device
 * @param elements  of one tensor, frame after frame
 * @param tolerance how far each element may be from the exact one, in its own unit; without meaning where the exact one
 *                  is not finite
 */
public record Answer(String name, float[] elements, double[] tolerance) {
    /** Writes it behind what is there. */
    public void write(DataOutputStream to) throws IOException {
        to.writeUTF(name);
        to.writeInt(elements.length);
        for (int at = 0; at < elements.length; at++) {
            to.writeFloat(elements[at]);
            to.writeDouble(tolerance[at]);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Answer read(DataInputStream from) throws IOException {
        String name = from.readUTF();
        float[] elements = new float[from.readInt()];
        double[] tolerance = new double[elements.length];
        for (int at = 0; at < elements.length; at++) {
            elements[at] = from.readFloat();
            tolerance[at] = from.readDouble();
        }
        return new Answer(name, elements, tolerance);
    }

    /**
     * The largest difference of an element as a share of its tolerance; infinite where one of the two is NaN or
     * infinite and the other something else.
     */
    public double difference(Answer other) {
        if (!name.equals(other.name) || elements.length != other.elements.length) {
            throw new IllegalArgumentException("other computations: " + name + " of " + elements.length + " and "
                    + other.name + " of " + other.elements.length);
        }
        double worst = 0;
        for (int at = 0; at < elements.length; at++) {
            float one = elements[at];
            float two = other.elements[at];
            if (!Float.isFinite(one) || !Float.isFinite(two)) {
                worst = Float.compare(one, two) == 0 ? worst : Double.POSITIVE_INFINITY;
            } else if (one != two) {
                worst = Math.max(worst, Math.abs((double) one - two) / tolerance[at]);
            }
        }
        return worst;
    }

    /** The largest difference of two finite elements, in their own unit. */
    public double absoluteDifference(Answer other) {
        double worst = 0;
        for (int at = 0; at < elements.length; at++) {
            double difference = Math.abs((double) elements[at] - other.elements[at]);
            worst = Double.isFinite(difference) ? Math.max(worst, difference) : worst;
        }
        return worst;
    }

    /** How many elements are equal to the bit, but for the bits of a NaN. */
    public long equalElements(Answer other) {
        long equal = 0;
        for (int at = 0; at < elements.length; at++) {
            equal += Float.compare(elements[at], other.elements[at]) == 0 ? 1 : 0;
        }
        return equal;
    }
}
