package org.reluctor.app.exchange;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.recovery.ResidualOutput;
import org.reluctor.engine.Engine;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * The process that tries a network before a gateway takes it: compiles everything that it needs into the caches on
 * disk, launches all of it, and holds the device's results against the float64 reference. A driver that dies of a
 * network, or a network that needs more memory than there is, takes this process and not the gateway. A {@link
 * TrialRequest} comes on standard input; the answer goes to standard output.
 */
public final class TrialProgram {
    /** Before every answer: a driver may write to standard output, too. */
    static final int MAGIC = 0x7E57_0001;
    private static final Path OUT_OF_MEMORY_SCORE = Path.of("/proc/self/oom_score_adj");

    private TrialProgram() {
    }

    /**
     * Tries what standard input says.
     *
     * @param args none
     * @throws IOException if the gateway is gone
     */
    public static void main(String[] args) throws IOException {
        dieFirst();
        TrialRequest request = TrialRequest.read(new DataInputStream(new BufferedInputStream(System.in)));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        try {
            attempt(request, out);
        } catch (ExchangeRefusal refusal) {
            refuse(out, refusal.reason(), refusal.getMessage());
        } catch (RuntimeException failure) {
            refuse(out, ExchangeFault.DEVICE.reason(), String.valueOf(failure.getMessage()));
        }
        out.flush();
        System.exit(0);
    }

    private static void attempt(TrialRequest request, DataOutputStream out) throws IOException, ExchangeRefusal {
        int[] shape = request.shape().stream().mapToInt(Integer::intValue).toArray();
        RecoveryNetwork network = OnnxReader.read(request.content(), request.file(), shape.length == 0 ? null : shape);
        RecoveryNetwork computed = ResidualOutput.computed(network);
        if (!attempt(request, network, computed, false, out)) {
            // Work-items that wait for one another need their processors at one time.
            LowPriority.onAllProcessors();
            attempt(request, network, computed, true, out);
        }
    }

    /** False where launches were given up and it is not the last attempt. */
    private static boolean attempt(TrialRequest request, RecoveryNetwork network, RecoveryNetwork computed,
            boolean last, DataOutputStream out) throws IOException, ExchangeRefusal {
        try (OpenDevice device = OpenDevice.open(request.device());
                Engine engine = device.engine(computed, network.sha256(), request.maxBatch())) {
            engine.rehearse();
            if (engine.givenUp() > 0 && !last) {
                return false;
            }
            SelfTest test = SelfTest.of(network, request.maxBatch());
            WeightFormat weights = request.device().weights();
            double worst = test.run((y, frames) -> outputs(engine, y, frames), weights);
            out.writeInt(MAGIC);
            out.writeBoolean(true);
            out.writeDouble(worst);
            test.write(out);
            return true;
        }
    }

    private static float[][] outputs(Engine engine, float[] y, int frames) {
        float[][] found = engine.network().outputs().stream()
                .map(output -> new float[frames * (int) output.shape().frameElements()]).toArray(float[][]::new);
        engine.run(y, frames, found);
        return found;
    }

    private static void refuse(DataOutputStream out, String reason, String message) throws IOException {
        out.writeInt(MAGIC);
        out.writeBoolean(false);
        out.writeUTF(reason);
        out.writeUTF(message.length() > 2000 ? message.substring(0, 2000) : message);
    }

    /** Where memory runs out, the system ends this process before the gateway. */
    private static void dieFirst() {
        try {
            Files.writeString(OUT_OF_MEMORY_SCORE, "1000");
        } catch (IOException elsewhere) {
            // Not Linux, or not allowed: then whoever is largest.
        }
    }
}
