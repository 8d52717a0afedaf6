package org.reluctor.devicetests.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.CooperativeSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;

/** Work-items of a cooperative launch wait as long for each other as there is something to wait for. */
class CooperativePatienceIT {
    /** Of one item of a fold. */
    private static final int FEATURES = 16;
    private static final int COUNT = 200_000;
    private static final int TRIALS = 5;

    /**
     * Whoever has an item less than the others waits for it, some milliseconds. On a busy machine a core may be taken
     * away and a batch be given up rightly, but hardly in every trial.
     */
    @Test
    void settle_oneItemMoreForOneWorker_isWaitedFor() {
        try (DeviceSession session = TestDevice.open()) {
            int units = session.device().computeUnits();
            assumeTrue(session.device().kind() == DeviceKind.CPU && units > 1, "nobody to wait for");
            int features = FEATURES * (units + 1);
            ConstantArena arena = new ConstantArena();
            TensorArena room = new TensorArena(1);
            int input = room.add(1);
            int sums = room.add(features);
            int copy = room.add(features);
            int map = arena.add(new int[features * COUNT]);
            List<Call> calls = List.of(fold(features, COUNT, input, 1, map, sums),
                    fold(features, 1, sums, features, map, copy));
            int patient = 0;
            for (int trial = 0; trial < TRIALS; trial++) {
                patient += run(session, arena, room, calls, input, copy) == 0 ? 1 : 0;
            }
            assertTrue(patient > 0, "every one of " + TRIALS + " batches was given up");
        }
    }

    /** Batches given up, of one. */
    private static long run(DeviceSession session, ConstantArena arena, TensorArena room, List<Call> calls, int input,
            int output) {
        HostBuffer one = new HostBuffer(1);
        one.floats().put(0, 1);
        try (DeviceBuffer constants = arena.upload(session); DeviceBuffer tensors = room.allocate(session);
                CooperativeSequence shared = new CooperativeSequence(session, calls, constants, tensors,
                        new StepwiseSequence(session, calls, constants, tensors))) {
            session.queue().write(one, tensors, input * (long) Float.BYTES, Float.BYTES);
            shared.enqueue(1);
            shared.settle();
            session.queue().read(tensors, one, output * (long) Float.BYTES, Float.BYTES);
            assertEquals((float) COUNT * COUNT, one.floats().get(0));
            return shared.givenUp();
        }
    }

    /** Σ of so many squares of the first element. */
    private static Call fold(int features, int count, int input, int inputFeatures, int map, int output) {
        Expression expression = new Expression();
        expression.store(expression.product());
        return Call.pointwise(new Fold(Fold.Kind.DOT, features, count, expression),
                List.of(input, map, inputFeatures, input, map, inputFeatures, output));
    }
}
