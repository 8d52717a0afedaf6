package org.reluctor.devicetests.portability;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.reluctor.opencl.operation.Access;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.TensorArena;

/** Random operands of one specimen in arenas of its own; a seed tells them all. */
final class Operands {
    /** Features after which a constant begins again, and how many of it are stored again behind them. */
    private static final int PERIOD = 21;
    private static final int WRAPPED = 15;

    private final Random random;
    private final int frames;
    private final ConstantArena constants = new ConstantArena();
    private final TensorArena tensors;
    private final List<Specimen.Input> inputs = new ArrayList<>();

    /** What is read for a feature of a frame. */
    interface Reading {
        double at(int frame, int feature);
    }

    /** An operand as a call gives it and as it reads. */
    record Operand(List<Number> arguments, Reading reading) {
    }

    Operands(long seed, int frames) {
        this.random = new Random(seed);
        this.frames = frames;
        this.tensors = new TensorArena(frames);
    }

    ConstantArena constants() {
        return constants;
    }

    TensorArena tensors() {
        return tensors;
    }

    List<Specimen.Input> inputs() {
        return inputs;
    }

    int frames() {
        return frames;
    }

    float[] gaussian(int length) {
        float[] elements = new float[length];
        for (int i = 0; i < length; i++) {
            elements[i] = (float) random.nextGaussian();
        }
        return elements;
    }

    /** As behind a ReLU: half of them zero. */
    float[] halfZero(int length) {
        float[] elements = gaussian(length);
        for (int i = 0; i < length; i++) {
            elements[i] = Math.max(0, elements[i]);
        }
        return elements;
    }

    /** Places below {@code n}, and -1 for nowhere. */
    int[] map(int length, int n) {
        int[] map = new int[length];
        for (int i = 0; i < length; i++) {
            map[i] = random.nextInt(n + 1) - 1;
        }
        return map;
    }

    /** The offset of a tensor that holds these elements before the launch. */
    int tensor(float[] elements) {
        int offset = tensors.add(elements.length / frames);
        inputs.add(new Specimen.Input(offset, elements));
        return offset;
    }

    /** By turns from a tensor, from a constant, and from another tensor of another size. */
    private Operand joined(int features) {
        float[][] tensors = {gaussian(frames * features), gaussian(frames * (features + 1))};
        int[] offsets = {tensor(tensors[0]), tensor(tensors[1])};
        float[] fixed = gaussian(features);
        int constant = constants.add(fixed);
        int[] places = new int[features];
        int[] strides = new int[features];
        for (int f = 0; f < features; f++) {
            boolean moving = f % 3 != 1;
            places[f] = moving ? offsets[f % 3 / 2] + f : -1 - (constant + f);
            strides[f] = moving ? features + f % 3 / 2 : 0;
        }
        return new Operand(List.of(constants.add(places), constants.add(strides)), (frame, f) -> f % 3 == 1 ? fixed[f]
                : tensors[f % 3 / 2][frame * (features + f % 3 / 2) + f]);
    }

    /** An operand for that many features in each way in which kernels read one. */
    Operand operand(Access access, int features) {
        switch (access) {
            case FRAME:
                float[] own = gaussian(frames * features);
                return new Operand(List.of(tensor(own)), (frame, f) -> own[frame * features + f]);
            case FEATURE:
                float[] shared = gaussian(features);
                return new Operand(List.of(constants.add(shared)), (frame, f) -> shared[f]);
            case PERIODIC:
                float[] repeated = gaussian(PERIOD + WRAPPED);
                System.arraycopy(repeated, 0, repeated, PERIOD, WRAPPED);
                return new Operand(List.of(constants.add(repeated), PERIOD),
                        (frame, f) -> repeated[f % PERIOD]);
            case MAPPED:
                int n = features + 3;
                float[] other = gaussian(frames * n);
                int[] map = map(features, n);
                return new Operand(List.of(tensor(other), constants.add(map), n),
                        (frame, f) -> map[f] < 0 ? 0 : other[frame * n + map[f]]);
            case JOINED:
                return joined(features);
            case SCALAR:
                float number = gaussian(1)[0];
                return new Operand(List.of(number), (frame, f) -> number);
            default:
                throw new IllegalArgumentException("say here how an operand of access " + access + " reads");
        }
    }
}
