package org.reluctor.app.simulation;

import java.nio.file.Path;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.network.Npy;

/** An endless signal, window after window. One thread at a time. */
public interface SignalSource {
    /** Writes the next samples. */
    void next(float[] into);

    /** The samples of a file's array, row-major, over and over. */
    static SignalSource ofFile(Path file) {
        float[] samples = Npy.read(file).data();
        if (samples.length == 0) {
            throw new Failure(ExitStatus.DATA, file + ": has no samples; at least one is needed");
        }
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                throw new Failure(ExitStatus.DATA, file + ": sample " + i + " is " + samples[i]
                        + "; finite numbers are right");
            }
        }
        int[] at = {0};
        return into -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = samples[at[0]];
                at[0] = (at[0] + 1) % samples.length;
            }
        };
    }
}
