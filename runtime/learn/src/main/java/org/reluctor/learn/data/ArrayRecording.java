package org.reluctor.learn.data;

import java.nio.file.Path;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.NetworkFormatException;
import org.reluctor.network.Npy;

/**
 * A recording of one channel as an array: all samples one behind the other, or rows that follow one another, such as
 * windows [count, n]. The array tells neither rate nor unit.
 */
final class ArrayRecording {
    private ArrayRecording() {
    }

    /**
     * Reads a .npy or .mat file.
     *
     * @throws DataFormatException if it cannot be read, holds objects, has more than two dimensions, or holds a number
     *                             that is not finite
     */
    static Recording read(Path file) {
        String name = file.getFileName().toString();
        DataKind kind = DataKind.ofFile(name).orElse(DataKind.NPY);
        float[] values = kind == DataKind.MAT ? mat(file) : npy(file);
        for (int at = 0; at < values.length; at++) {
            if (!Float.isFinite(values[at])) {
                throw new DataFormatException(file + ": element " + at + " is " + values[at]
                        + "; every sample must be a finite number");
            }
        }
        String stem = kind.stem(name);
        return new Recording(stem, stem, Double.NaN, List.of(Channel.of("", "", values)));
    }

    private static float[] mat(Path file) {
        Matrix matrix = MatFile.read(file).only();
        return matrix.toFloats();
    }

    private static float[] npy(Path file) {
        try {
            Npy.FloatArray array = Npy.read(file);
            if (array.shape().length < 1 || array.shape().length > 2 || array.data().length == 0) {
                throw new DataFormatException(file + ": an array of " + array.shape().length + " dimensions and "
                        + array.data().length + " elements; right is [samples] or [windows, samples]");
            }
            return array.data();
        } catch (NetworkFormatException unfit) {
            throw new DataFormatException(unfit.getMessage(), unfit);
        }
    }
}
