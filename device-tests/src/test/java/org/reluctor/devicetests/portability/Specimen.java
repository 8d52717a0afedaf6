package org.reluctor.devicetests.portability;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.sequence.Call;
import org.reluctor.opencl.sequence.ConstantArena;
import org.reluctor.opencl.sequence.LaunchSequence;
import org.reluctor.opencl.sequence.PerFrameSequence;
import org.reluctor.opencl.sequence.StepwiseSequence;
import org.reluctor.opencl.sequence.TensorArena;

/**
 * One operation with its operands, and what must come of them.
 *
 * @param name      for people
 * @param isPlain   whether its form is for any device, not only for CPUs
 * @param frames    of the batch
 * @param call      the operation with its arguments
 * @param constants which the call's arguments point into
 * @param tensors   which the call's arguments point into
 * @param inputs    what the tensors hold before
 * @param results   what they must hold after
 */
record Specimen(String name, boolean isPlain, int frames, Call call, ConstantArena constants, TensorArena tensors,
        List<Input> inputs, List<Result> results) {

    /** Elements of a tensor, frame after frame, and its place. */
    record Input(int offset, float[] elements) {
    }

    /** The right elements of a tensor in float64, how far off each may be, and its place. */
    record Result(int offset, double[] exact, double[] tolerance) {
        private String firstWrong(float[] actual) {
            for (int at = 0; at < exact.length; at++) {
                boolean right = Double.isNaN(exact[at]) || Double.isInfinite(exact[at])
                        ? Double.compare(exact[at], actual[at]) == 0
                        : Math.abs(exact[at] - actual[at]) <= tolerance[at];
                if (!right) {
                    return "element " + at + " is " + actual[at] + " for " + exact[at];
                }
            }
            return null;
        }
    }

    Operation operation() {
        return call.operation();
    }

    /** The elements that came for a result in one kind of launch; {@code how} names the kind, and may be empty. */
    record Outcome(String how, Result result, float[] actual) {
    }

    /** Runs it in each kind of launch that its form has; a sentence for each wrong result. */
    List<String> run(DeviceSession session) {
        List<String> wrong = new ArrayList<>();
        for (Outcome outcome : outcomes(session)) {
            String sentence = outcome.result.firstWrong(outcome.actual);
            if (sentence != null) {
                wrong.add(name + outcome.how + ": " + sentence);
            }
        }
        return wrong;
    }

    /** Runs it in each kind of launch that its form has, and leaves it to the caller to judge. */
    List<Outcome> outcomes(DeviceSession session) {
        List<Outcome> outcomes = new ArrayList<>();
        try (DeviceBuffer c = constants.upload(session); DeviceBuffer a = tensors.allocate(session)) {
            inputs.forEach(input -> write(session, a, input));
            try (LaunchSequence apart = new StepwiseSequence(session, List.of(call), c, a)) {
                launch(session, a, apart, "", outcomes);
            }
            if (!isPlain) {
                try (LaunchSequence together = new PerFrameSequence(session, List.of(call), c, a)) {
                    launch(session, a, together, " in one launch", outcomes);
                }
            }
        }
        return outcomes;
    }

    private void launch(DeviceSession session, DeviceBuffer a, LaunchSequence sequence, String how,
            List<Outcome> outcomes) {
        results.forEach(result -> write(session, a, new Input(result.offset, new float[result.exact.length])));
        sequence.enqueue(frames);
        for (Result result : results) {
            HostBuffer host = new HostBuffer(result.exact.length);
            session.queue().read(a, host, result.offset * (long) Float.BYTES,
                    result.exact.length * (long) Float.BYTES);
            float[] actual = new float[result.exact.length];
            host.floats().get(0, actual);
            outcomes.add(new Outcome(how, result, actual));
        }
    }

    private static void write(DeviceSession session, DeviceBuffer buffer, Input input) {
        HostBuffer host = new HostBuffer(input.elements.length);
        host.floats().put(0, input.elements);
        session.queue().write(host, buffer, input.offset * (long) Float.BYTES,
                input.elements.length * (long) Float.BYTES);
    }
}
