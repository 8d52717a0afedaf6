package org.reluctor.certify.command;

import java.nio.file.Path;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.InputFiles;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.Npy;
import picocli.CommandLine.Option;

/** For which signals something is certified: options of the command line. */
final class SignalOptions {
    @Option(names = "--amplitude", paramLabel = "LOW,HIGH", split = ",", arity = "1",
            description = "Signals whose every sample lies between these, in the signal's unit.")
    private List<Double> amplitude = List.of();

    @Option(names = "--basis", paramLabel = "FILE",
            description = "Signals are this matrix (.npy, [n, k]) times coefficients; with --coefficients.")
    private Path basis;

    @Option(names = "--coefficients", paramLabel = "FILE",
            description = "Bounds of the coefficients (.npy, [2, k], the lower ones first), or of the samples.")
    private Path coefficients;

    @Option(names = "--noise", paramLabel = "BOUND", defaultValue = "0",
            description = "Most that a measurement is off, the sensor's rounding included, in the unit of the"
                    + " measurements (default ${DEFAULT-VALUE}).")
    private double noise;

    /** The noise bound alone. */
    double noise() {
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new Failure(ExitStatus.USAGE, "--noise: " + noise + " is out of range; must be finite and 0 or more");
        }
        return noise;
    }

    /** The class for signals of so many samples. */
    SignalClass signals(int samples) {
        if (amplitude.isEmpty() == (coefficients == null)) {
            throw new Failure(ExitStatus.USAGE, "without a signal class nothing can be certified: give --amplitude"
                    + " LOW,HIGH, or --coefficients FILE with or without --basis FILE");
        }
        if (basis != null && coefficients == null) {
            throw new Failure(ExitStatus.USAGE, "--basis goes with --coefficients FILE, not with --amplitude, which"
                    + " bounds samples");
        }
        try {
            if (coefficients == null) {
                if (amplitude.size() != 2) {
                    throw new Failure(ExitStatus.USAGE, "--amplitude: " + amplitude + "; must be two numbers LOW,HIGH");
                }
                return SignalClass.ofAmplitude(samples, amplitude.get(0), amplitude.get(1), noise);
            }
            return new SignalClass(basis == null ? null : matrix(), box(), noise);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(ExitStatus.USAGE, "the signal class cannot be used: " + wrong.getMessage(), wrong);
        }
    }

    private double[] matrix() {
        Npy.FloatArray array = Npy.read(InputFiles.require(basis));
        if (array.shape().length != 2) {
            throw new Failure(ExitStatus.DATA, basis + ": has " + array.shape().length + " dimensions; must be [n, k]");
        }
        return widened(array.data(), 0, array.data().length);
    }

    private Box box() {
        Npy.FloatArray array = Npy.read(InputFiles.require(coefficients));
        if (array.shape().length != 2 || array.shape()[0] != 2) {
            throw new Failure(ExitStatus.DATA, coefficients + ": must have the shape [2, k]");
        }
        int size = array.shape()[1];
        return new Box(widened(array.data(), 0, size), widened(array.data(), size, size));
    }

    private static double[] widened(float[] data, int from, int count) {
        double[] result = new double[count];
        for (int at = 0; at < count; at++) {
            result[at] = data[from + at];
        }
        return result;
    }
}
