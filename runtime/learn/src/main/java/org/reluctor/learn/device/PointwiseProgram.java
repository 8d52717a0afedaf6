package org.reluctor.learn.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.learn.gradient.Instruction;
import org.reluctor.learn.gradient.Stretching;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.training.Launches;
import org.reluctor.opencl.training.PointwiseLoop;
import org.reluctor.opencl.training.TrainingKernels;

/** All formulas of a computation as one program, equal ones as one kernel: compilers take long to begin. */
final class PointwiseProgram {
    private static final String NAME = "pointwise";

    private final TrainingKernels kernels;
    private final DeviceKind kind;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final String source;

    PointwiseProgram(TrainingKernels kernels, List<Instruction> instructions) {
        this.kernels = kernels;
        this.kind = kernels.session().device().kind();
        StringBuilder text = new StringBuilder();
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.Pointwise pointwise) {
                PointwiseLoop loop = loop(pointwise);
                names.computeIfAbsent(loop.text(kind, NAME), own -> {
                    String name = NAME + names.size();
                    text.append(loop.text(kind, name));
                    return name;
                });
            }
        }
        source = text.toString();
    }

    private static PointwiseLoop loop(Instruction.Pointwise pointwise) {
        Stretching.Loops loops = Stretching.loops(pointwise.to().dims(), pointwise.from());
        return new PointwiseLoop(FormulaText.of(pointwise.formula()), loops.dims(), loops.strides());
    }

    /** The launch of one of the instructions. */
    Launches bind(Instruction.Pointwise pointwise, DeviceBuffer arena, int to, int... from) {
        PointwiseLoop loop = loop(pointwise);
        return loop.bind(kernels.kernel(source, names.get(loop.text(kind, NAME))), kind, arena, to, from);
    }
}
