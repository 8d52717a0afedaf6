package org.reluctor.learn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.Quote;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;

/** The real matrices of a MATLAB file of format 5 (saved with -v6 or -v7), by the names of their variables. */
public final class MatFile {
    private static final int MOST_BYTES = 1 << 30;

    private final Path file;
    private final Map<String, Matrix> matrices;

    private MatFile(Path file, Map<String, Matrix> matrices) {
        this.file = file;
        this.matrices = matrices;
    }

    /**
     * Reads all matrices of two dimensions; other variables are passed over.
     *
     * @throws DataFormatException if the file cannot be read or is damaged
     */
    public static MatFile read(Path file) {
        checkSize(file);
        Map<String, Matrix> found = new LinkedHashMap<>();
        try (us.hebi.matlab.mat.types.MatFile content = Mat5.readFromFile(file.toFile())) {
            for (us.hebi.matlab.mat.types.MatFile.Entry entry : content.getEntries()) {
                if (isReal(entry.getValue())) {
                    found.put(entry.getName(), matrix((us.hebi.matlab.mat.types.Matrix) entry.getValue()));
                }
            }
        } catch (IOException | RuntimeException damaged) {
            throw new DataFormatException(file + ": no MATLAB file of format 5, or damaged ("
                    + Quote.bare(String.valueOf(damaged.getMessage())) + "); save it with save -v7", damaged);
        }
        return new MatFile(file, found);
    }

    private static void checkSize(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new DataFormatException(file + ": " + Files.size(file) + " bytes are too many; at most "
                        + MOST_BYTES + " are read");
            }
        } catch (IOException failed) {
            throw new DataFormatException(file + ": cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static boolean isReal(Array array) {
        return array instanceof us.hebi.matlab.mat.types.Matrix matrix && !matrix.isComplex()
                && matrix.getNumDimensions() == 2 && matrix.getNumElements() > 0;
    }

    private static Matrix matrix(us.hebi.matlab.mat.types.Matrix array) {
        Matrix result = Matrix.zero(array.getNumRows(), array.getNumCols());
        for (int row = 0; row < result.rows(); row++) {
            for (int column = 0; column < result.columns(); column++) {
                result.values()[row * result.columns() + column] = array.getDouble(row, column);
            }
        }
        return result;
    }

    /** All matrices by name, in the file's order. */
    public Map<String, Matrix> matrices() {
        return Collections.unmodifiableMap(matrices);
    }

    /**
     * One matrix.
     *
     * @throws DataFormatException if there is none of that name
     */
    public Matrix matrix(String name) {
        Matrix matrix = matrices.get(name);
        if (matrix == null) {
            throw new DataFormatException(file + ": no real matrix " + Quote.of(name) + " in it; here are "
                    + String.join(", ", matrices.keySet().stream().map(Quote::of).toList()));
        }
        return matrix;
    }

    /**
     * The only matrix.
     *
     * @throws DataFormatException if there is none, or more than one
     */
    public Matrix only() {
        if (matrices.size() != 1) {
            throw new DataFormatException(file + ": " + matrices.size() + " real matrices ("
                    + String.join(", ", matrices.keySet().stream().map(Quote::of).toList())
                    + "); a file of signals must hold exactly one");
        }
        return matrices.values().iterator().next();
    }
}
