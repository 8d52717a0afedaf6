package org.reluctor.devicetests.watchdog;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.recovery.ResidualOutput;
import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.stream.codec.Signal;

/**
 * Flips single bits in the exponents of a network's weights, as radiation or a bad cell does to a device's memory, and
 * looks what a gateway would tell of good frames. Flips that change no signal by more than a tenth are left out. One
 * thread; weights are as before after every flip.
 */
final class BitFlips {
    private static final double CHANGE = 0.1;
    private static final int EXPONENT_BITS = 8;
    private static final int MANTISSA_BITS = 23;

    /** With its residual, as a gateway computes it: what forms the residual can be hit, too. */
    private final RecoveryNetwork network;
    private final CertifiedLimits limits;
    private final DeviceSession session;
    private final float[] y;
    private final float[] scaled;
    private final int frames;
    private final double[] right;
    private final List<float[]> weights = new ArrayList<>();
    private final long elements;

    /**
     * What was told of flips.
     *
     * @param drawn    flips in all
     * @param changing of these, those that change a signal by more than a tenth
     * @param rejected of these, those whose signal or residual is no number: such frames get an error, no signal
     * @param ranged   those with which a frame raises the range flag
     * @param residual those with which a frame raises the residual flag
     * @param unseen   those of which no frame tells
     * @param probed   those with which the answer to a probe is wrong
     * @param silent   those of which neither frames nor probes tell
     */
    record Told(int drawn, int changing, int rejected, int ranged, int residual, int unseen, int probed, int silent) {
        /** Seen by frames of sensors alone. */
        double shareByFrames() {
            return 1 - (double) unseen / changing;
        }

        double share() {
            return 1 - (double) silent / changing;
        }
    }

    /** @param y good frames, [frames, m], in the unit of Φx; not flagged without a flip */
    BitFlips(RecoveryNetwork network, CertifiedLimits limits, DeviceSession session, float[] y) {
        this.network = ResidualOutput.computed(network);
        this.limits = limits;
        this.session = session;
        this.y = y;
        frames = y.length / network.metadata().m();
        scaled = scaled(y);
        right = reference();
        this.network.nodes().forEach(node -> node.inputs().forEach(value -> {
            boolean known = weights.stream().anyMatch(each -> each == value.floats());
            if (value.floats() != null && !known) {
                weights.add(value.floats());
            }
        }));
        elements = weights.stream().mapToLong(each -> each.length).sum();
    }

    private double[] reference() {
        return new ReferenceExecutor(network).run(scaled, frames).get(0);
    }

    /** Draws flips until so many change a signal. */
    Told run(int changing, Random random) {
        int[] told = new int[6];
        int drawn = 0;
        for (int found = 0; found < changing; drawn++) {
            float[] of = pick(random);
            int at = random.nextInt(of.length);
            float before = of[at];
            of[at] = Float.intBitsToFloat(Float.floatToRawIntBits(before)
                    ^ 1 << MANTISSA_BITS + random.nextInt(EXPONENT_BITS));
            try {
                if (isChanged(reference())) {
                    found++;
                    tell(told);
                }
            } finally {
                of[at] = before;
            }
        }
        return new Told(drawn, changing, told[0], told[1], told[2], told[3], told[4], told[5]);
    }

    /** A constant, each in proportion to its elements. */
    private float[] pick(Random random) {
        long place = random.nextLong(elements);
        int at = 0;
        while (place >= weights.get(at).length) {
            place -= weights.get(at++).length;
        }
        return weights.get(at);
    }

    private boolean isChanged(double[] now) {
        int n = now.length / frames;
        for (int frame = 0; frame < frames; frame++) {
            double difference = 0;
            double all = 0;
            for (int at = frame * n; at < (frame + 1) * n; at++) {
                difference += (now[at] - right[at]) * (now[at] - right[at]);
                all += right[at] * right[at];
            }
            if (!(difference <= CHANGE * CHANGE * all)) {
                return true;
            }
        }
        return false;
    }

    /** Flags of all frames as a gateway would raise them, added up; -1 where one has no signal. */
    int flags() {
        try (Engine engine = Engine.create(network, session, frames)) {
            return flags(engine);
        }
    }

    /** Whether a probe is answered wrongly. */
    boolean isProbed() {
        try (Engine engine = Engine.create(network, session, frames)) {
            return isProbed(engine);
        }
    }

    private int flags(Engine engine) {
        int n = network.metadata().n();
        int m = network.metadata().m();
        float[] rest = new float[frames * m];
        float[] x = signals(engine, scaled, rest);
        for (float[] values : List.of(x, rest)) {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    return -1;
                }
            }
        }
        int flags = 0;
        for (int frame = 0; frame < frames; frame++) {
            flags |= limits.rangeFlag(x, frame * n)
                    | limits.residualFlag(rest, frame * m, network.metadata().inputScale())
                    | limits.consistencyFlag(network.matrix().orElseThrow(), x, frame * n, y, frame * m, new float[m]);
        }
        return flags;
    }

    private boolean isProbed(Engine engine) {
        for (CertifiedLimits.Probe probe : limits.probes()) {
            float[] x = signals(engine, scaled(probe.y()), null);
            if (probe.interval().firstOutside(x, 0) >= 0) {
                return true;
            }
        }
        return false;
    }

    private float[] scaled(float... measurements) {
        float[] result = new float[measurements.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = (float) (measurements[at] / network.metadata().inputScale());
        }
        return result;
    }

    /** Signals in their unit. */
    private float[] signals(Engine engine, float[] inputs, float[] rest) {
        int count = inputs.length / network.metadata().m();
        float[][] results = new float[network.outputs().size()][];
        results[0] = new float[count * network.metadata().n()];
        results[results.length - 1] = rest;
        engine.run(inputs, count, results);
        float[] x = results[0];
        for (int at = 0; at < x.length; at++) {
            x[at] = (float) (network.metadata().outputScale() * x[at] + network.metadata().outputOffset());
        }
        return x;
    }

    private void tell(int... told) {
        try (Engine engine = Engine.create(network, session, frames)) {
            int flags = flags(engine);
            boolean probed = isProbed(engine);
            told[0] += flags < 0 ? 1 : 0;
            told[1] += flags > 0 && (flags & Signal.FLAG_RANGE) != 0 ? 1 : 0;
            told[2] += flags > 0 && (flags & Signal.FLAG_RESIDUAL) != 0 ? 1 : 0;
            told[3] += flags == 0 ? 1 : 0;
            told[4] += probed ? 1 : 0;
            told[5] += flags == 0 && !probed ? 1 : 0;
        }
    }
}
