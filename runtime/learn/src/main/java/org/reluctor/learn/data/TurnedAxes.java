package org.reluctor.learn.data;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.NormalDraws;

/**
 * The three axes of one sensor as they would have been had it been fixed at other angles: how a phone lies in a pocket
 * is arbitrary, and few people were recorded. Turns are drawn evenly from all, as unit quaternions.
 */
public final class TurnedAxes {
    private static final int AXES = 3;

    private TurnedAxes() {
    }

    /**
     * Further recordings of the same subject.
     *
     * @param axes   recordings of one channel each, as long as each other, in one unit
     * @param copies turns that are drawn; each gives three recordings
     * @param seed   of the turns
     * @throws DataFormatException if there are not three axes
     */
    public static List<Recording> of(List<Recording> axes, int copies, long seed) {
        if (axes.size() != AXES) {
            throw new DataFormatException("record " + axes.get(0).name() + " is read by " + axes.size()
                    + " signals; what turns has 3, the axes of one sensor: --signal names them");
        }
        NormalDraws draws = new NormalDraws(seed);
        List<Recording> turned = new ArrayList<>();
        for (int copy = 1; copy <= copies; copy++) {
            double[][] turn = turn(draws);
            for (int axis = 0; axis < AXES; axis++) {
                turned.add(along(axes, turn[axis], "~" + copy + "." + axis));
            }
        }
        return turned;
    }

    /** A rotation's matrix from a quaternion that is drawn evenly from all directions of four dimensions. */
    private static double[][] turn(NormalDraws draws) {
        double a = draws.next();
        double b = draws.next();
        double c = draws.next();
        double d = draws.next();
        double s = 2 / (a * a + b * b + c * c + d * d);
        return new double[][] {{1 - s * (c * c + d * d), s * (b * c - a * d), s * (b * d + a * c)},
            {s * (b * c + a * d), 1 - s * (b * b + d * d), s * (c * d - a * b)},
            {s * (b * d - a * c), s * (c * d + a * b), 1 - s * (b * b + c * c)}};
    }

    private static Recording along(List<Recording> axes, double[] direction, String mark) {
        Recording first = axes.get(0);
        float[] samples = new float[first.length()];
        for (int at = 0; at < samples.length; at++) {
            double sum = 0;
            for (int axis = 0; axis < AXES; axis++) {
                sum += direction[axis] * axes.get(axis).channel(0).value(at);
            }
            samples[at] = (float) sum;
        }
        return new Recording(first.name() + mark, first.subject(), first.rateHz(),
                List.of(Channel.of("", first.channel(0).unit(), samples)));
    }
}
