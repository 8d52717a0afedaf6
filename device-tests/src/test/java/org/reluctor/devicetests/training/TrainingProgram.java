package org.reluctor.devicetests.training;

import java.io.IOException;
import java.nio.file.Path;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.OnnxWriter;
import org.reluctor.opencl.device.DeviceSession;

/** Trains the small case in a process of its own, which a test may kill. */
public final class TrainingProgram {
    private TrainingProgram() {
    }

    /** Arguments: the checkpoint, the network to write, and steps; says every step on standard output. */
    public static void main(String[] args) throws IOException {
        try (DeviceSession session = TestDevice.open();
                GradientTrainer trainer = TrainingCase.trainer(session, TrainingCase.options(Integer.parseInt(args[2])),
                        report -> System.out.println(report.step()))) {
            OnnxWriter.write(trainer.resumingFrom(Path.of(args[0])).train(), Path.of(args[1]));
        }
    }
}
