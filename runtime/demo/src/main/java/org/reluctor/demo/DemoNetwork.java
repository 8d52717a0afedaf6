package org.reluctor.demo;

import java.nio.file.Path;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.InputFiles;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;

/**
 * The network that the demonstration shows, as far as sensor and judge need it.
 *
 * @param name         for people
 * @param acquisition  the recording measured with the network's own Φ, in the network's unit
 * @param linearStart  the estimate that the network begins with
 * @param unitsPerStep one converter step of the recording in the network's unit
 */
record DemoNetwork(String name, Acquisition acquisition, LinearStart linearStart, double unitsPerStep) {
    /**
     * Reads a network and prepares what goes with it.
     *
     * @throws Failure if it is no network for one channel with a measurement matrix and a linear start
     */
    static DemoNetwork read(Path file, Recording recording) {
        RecoveryNetwork network = InputFiles.network(file);
        NetworkMetadata metadata = network.metadata();
        MeasurementMatrix matrix = network.matrix().orElseThrow(() -> new Failure(ExitStatus.DATA, file
                + ": names no measurement matrix (metadata reluctor.matrix); the sensor needs it to measure with"));
        if (metadata.channels() != 1) {
            throw new Failure(ExitStatus.DATA, file + ": has " + metadata.channels()
                    + " channels; the recording has 1");
        }
        double unitsPerStep = unitsPerStep(metadata.unit(), recording);
        try {
            return new DemoNetwork(network.name(), new Acquisition(recording, matrix, unitsPerStep),
                    LinearStart.of(network), unitsPerStep);
        } catch (IllegalArgumentException unfit) {
            throw new Failure(ExitStatus.DATA, file + ": " + unfit.getMessage(), unfit);
        }
    }

    /** A network that names no unit of voltage works in converter steps. */
    private static double unitsPerStep(String unit, Recording recording) {
        return switch (unit) {
            case "V" -> 1e-3 / recording.stepsPerMillivolt();
            case "mV" -> 1.0 / recording.stepsPerMillivolt();
            case "uV" -> 1e3 / recording.stepsPerMillivolt();
            default -> 1;
        };
    }
}
