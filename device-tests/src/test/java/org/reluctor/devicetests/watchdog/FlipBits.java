package org.reluctor.devicetests.watchdog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.certificate.LimitsReader;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.RandomPulse;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.network.Npy;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** The program behind {@code device-tests/bin/flip-bits}. */
final class FlipBits {
    private static final double RIGHT_SHARE = 0.9;
    /** A minute of windows of 256 samples at 360 Hz. */
    private static final int PULSES = 84;

    private FlipBits() {
    }

    /** Arguments: flips, network, file of frames or number of pulses; all may be left out at the end. */
    public static void main(String[] arguments) throws Exception {
        int flips = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        Path file = arguments.length > 1 ? Path.of(arguments[1])
                : ProjectFiles.resolve("config/models/ecg-256x64-ista.onnx");
        RecoveryNetwork network = OnnxReader.read(file);
        float[] y = arguments.length > 2 ? frames(network, arguments[2]) : pulses(network, PULSES);
        try (DeviceSession session = TestDevice.open()) {
            BitFlips.Told told = new BitFlips(network, limits(file, network), session, y).run(flips, new Random(1));
            System.out.printf(Locale.ROOT, "%d frames; %d exponent bits flipped; %d change a signal by more than 10 %%:"
                    + " %d make it no number (answered as errors), %d raise the range flag, %d the residual flag, of %d"
                    + " no frame tells: %.1f %% are seen by frames; %d let a probe fail, of %d nothing is told: %.1f %%"
                    + " are seen%n", y.length / network.metadata().m(), told.drawn(), told.changing(), told.rejected(),
                    told.ranged(), told.residual(), told.unseen(), 100 * told.shareByFrames(), told.probed(),
                    told.silent(), 100 * told.share());
            System.exit(told.share() >= RIGHT_SHARE ? 0 : 1);
        }
    }

    private static float[] frames(RecoveryNetwork network, String asked) {
        return asked.endsWith(".npy") ? Npy.read(Path.of(asked)).data() : pulses(network, Integer.parseInt(asked));
    }

    /** The limits in the certificate beside a network. */
    static CertifiedLimits limits(Path file, RecoveryNetwork network) throws Exception {
        Path certificate = CertificateFiles.beside(file);
        return LimitsReader.read(Files.readAllBytes(certificate), network, certificate.toString());
    }

    /** Measurements of pulses. */
    static float[] pulses(RecoveryNetwork network, int frames) {
        Random random = new Random(2);
        int m = network.metadata().m();
        float[] y = new float[frames * m];
        for (int frame = 0; frame < frames; frame++) {
            network.matrix().orElseThrow().measure(RandomPulse.next(network.metadata().n(), random), 0, y, frame * m);
        }
        return y;
    }
}
