package org.reluctor.devicetests.training;

import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.opencl.device.DeviceSession;

/** Two steps of the least training, for a process whose environment names a driver; says each on standard output. */
public final class LeastTraining {
    private LeastTraining() {
    }

    /** No arguments. */
    public static void main(String[] args) {
        try (DeviceSession session = TestDevice.open();
                GradientTrainer trainer = TrainingCase.least(session, report -> System.out.println(report.step()))) {
            trainer.train();
        }
    }
}
