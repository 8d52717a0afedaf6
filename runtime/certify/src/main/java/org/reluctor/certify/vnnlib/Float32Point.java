package org.reluctor.certify.vnnlib;

import org.reluctor.certify.interval.Box;

/** Inputs that a device can be given as they are. */
final class Float32Point {
    private Float32Point() {
    }

    /** Rounds each coordinate to a float32 number within the box; one that has none there stays. */
    static void round(double[] x, Box box) {
        for (int at = 0; at < x.length; at++) {
            float nearest = (float) x[at];
            if (nearest < box.low()[at]) {
                nearest = Math.nextUp(nearest);
            } else if (nearest > box.high()[at]) {
                nearest = Math.nextDown(nearest);
            }
            if (nearest >= box.low()[at] && nearest <= box.high()[at]) {
                x[at] = nearest;
            }
        }
    }
}
