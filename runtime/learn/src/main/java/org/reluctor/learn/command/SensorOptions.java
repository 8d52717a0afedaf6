package org.reluctor.learn.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.InputFiles;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.measurement.MatrixDesigns;
import org.reluctor.learn.measurement.Quantiser;
import org.reluctor.learn.measurement.SparseBinaryDesign;
import org.reluctor.learn.training.TrainingProgress;
import org.reluctor.network.MeasurementMatrix;
import picocli.CommandLine.Option;

/** The options that say how signals are measured: Φ, and what happens to the measurements on their way. */
final class SensorOptions {
    private static final long MOVES = 1_500_000;

    /** How Φ is made. */
    enum Design {
        /** Ones at random rows of every column. */
        SPARSE,
        /** The same, its ones moved until the linear recovery is at its best. */
        ANNEALED,
        /** Gaussian, its rows made orthonormal. */
        ORTHONORMAL,
        /** Independent Gaussian entries. */
        GAUSSIAN,
        /** Independent signs. */
        RADEMACHER,
        /** The principal directions of the training signals. */
        KLT
    }

    /** Whether Φ is trained with the network. */
    enum Learned {
        /** It stays. */
        NO,
        /** As free numbers. */
        FLOAT,
        /** As signs. */
        BINARY,
        /** Its ones move within their columns. */
        MOVED
    }

    @Option(names = "--measurements", paramLabel = "M",
            description = "Measurements a window, m (default: by --ratio).")
    private int measurements;

    @Option(names = "--ratio", paramLabel = "R",
            description = "Measurements a sample, m/n (default 0.25; of small pictures 0.125).")
    private double ratio;

    @Option(names = "--matrix", paramLabel = "DESIGN",
            description = "The matrix: sparse (binary), annealed (sparse, its ones moved for these signals),"
                    + " orthonormal, gaussian, rademacher, klt (principal directions). Default: sparse; of pictures"
                    + " orthonormal.")
    private Design design;

    @Option(names = "--matrix-from", paramLabel = "FILE",
            description = "Take the matrix of a network (.onnx) or of a .npy file, [m, n].")
    private Path from;

    @Option(names = "--ones", paramLabel = "D", description = "Ones in every column of a sparse matrix (default 4).")
    private int ones = 4;

    @Option(names = "--matrix-seed", paramLabel = "SEED", description = "Of the matrix (default: --seed).")
    private Long matrixSeed;

    @Option(names = "--moves", paramLabel = "COUNT",
            description = "Moves of single ones that annealing tries (default 1500000).")
    private long moves = MOVES;

    @Option(names = "--level-rows",
            description = "Every row of a sparse matrix has as many ones as the others (or one more): a signal's offset"
                    + " is then common to all measurements, and rounding over their range (--quantise) is finer."
                    + " Annealing counts that rounding, too.")
    private boolean level;

    @Option(names = "--learn-matrix", paramLabel = "HOW",
            description = "Train the matrix with the network: no, float, binary (held at +1 and -1), or moved (a sparse"
                    + " one, whose ones move within their columns). Default: no")
    private Learned learned = Learned.NO;

    @Option(names = "--quantise", paramLabel = "FORMAT",
            description = "What the sensor rounds measurements to, with a range a window, also in training: float, "
                    + "int16, int12, int8, int6. Default: float")
    private String quantiser = "float";

    @Option(names = "--noise", paramLabel = "SIGMA",
            description = "Standard deviation of noise on the measurements, in their unit, also in training (default 0;"
                    + " analytic 0.00144: in mV, rounding at 200 steps a mV).")
    private Double noise;

    /** Refuses what is out of range; said before the data is read. */
    void check() {
        Quantiser.of(quantiser);
        if (measurements < 0 || ratio < 0 || ratio > 1 || Double.isNaN(ratio) || moves < 1 || ones < 1
                || noise != null && !(noise >= 0 && Double.isFinite(noise))) {
            throw new IllegalArgumentException("--measurements " + measurements + ", --ratio " + ratio + ", --ones "
                    + ones + ", --moves " + moves + ", --noise " + noise(0) + ": right are 1 or more, 0 to 1, 1 or"
                    + " more, 1 or more, 0 or more");
        }
        if (measurements > 0 && ratio > 0) {
            throw new IllegalArgumentException("--measurements and --ratio say the same; give one of both");
        }
        if (from != null && design != null) {
            throw new IllegalArgumentException("--matrix and --matrix-from say the same; give one of both");
        }
        if (learned == Learned.MOVED && design != null && !sparse(design)) {
            throw new IllegalArgumentException("--learn-matrix moved with --matrix " + name(design)
                    + ": ones move in a sparse binary matrix alone; right is --matrix sparse or annealed");
        }
        if (level && design != null && !sparse(design)) {
            throw new IllegalArgumentException("--level-rows with --matrix " + name(design)
                    + ": rows have ones in a sparse binary matrix alone; right is --matrix sparse or annealed");
        }
        if (level && from != null && learned != Learned.MOVED) {
            throw new IllegalArgumentException("--level-rows with --matrix-from: that matrix stays as it is; right is"
                    + " --learn-matrix moved beside it");
        }
        if (from != null) {
            InputFiles.require(from);
        }
    }

    /** Refuses what only training by gradients can have in its loop. */
    void requirePlain(String method) {
        if (learned != Learned.NO || Quantiser.of(quantiser) != Quantiser.FLOAT) {
            throw new IllegalArgumentException("--learn-matrix and --quantise go with --method adam; --method " + method
                    + " trains on measurements as they are");
        }
    }

    /** Refuses what only methods that are given a matrix can have. */
    void requireDrawn(String method) {
        requirePlain(method);
        if (from != null || level || matrixSeed != null || design != null && design != Design.SPARSE) {
            throw new IllegalArgumentException("--method " + method + " draws sparse matrices of its own and keeps the"
                    + " best of --seeds; --matrix, --matrix-from, --matrix-seed and --level-rows go with the others");
        }
    }

    /** Measurements of a window of n samples. */
    int measurements(int n, double usualRatio) {
        int m = measurements > 0 ? measurements : (int) Math.round(n * (ratio > 0 ? ratio : usualRatio));
        if (m < 1 || m > n) {
            throw new IllegalArgumentException("the number of measurements is " + m
                    + "; right is from 1 to the window, " + n);
        }
        return m;
    }

    int ones() {
        return ones;
    }

    /** Standard deviation of the measurements' noise in their unit. */
    double noise(double usual) {
        return noise == null ? usual : noise;
    }

    Learned learned() {
        return learned;
    }

    /** Whether rows of Φ have equally many ones. */
    boolean level() {
        return level;
    }

    /** What happens to measurements, but for the noise. */
    Condition condition() {
        return new Condition(Quantiser.of(quantiser), Double.POSITIVE_INFINITY);
    }

    /** Φ for these signals. */
    MeasurementMatrix matrix(TrainingSignals signals, long seed, TrainingProgress progress) {
        if (from != null) {
            return fromFile(signals.n());
        }
        int m = measurements(signals.n(), usualRatio(signals));
        long chosen = matrixSeed == null ? seed : matrixSeed;
        if (level && !sparse(design(signals))) {
            throw new Failure(ExitStatus.USAGE, "--level-rows: pictures are measured by an orthonormal matrix unless"
                    + " --matrix says otherwise; right is --matrix sparse or annealed", null);
        }
        try {
            return switch (design(signals)) {
                case SPARSE -> start(m, signals.n(), chosen);
                case ANNEALED -> annealed(signals, m, chosen, progress);
                case ORTHONORMAL -> MatrixDesigns.rowOrthonormal(m, signals.n(), chosen);
                case GAUSSIAN -> MatrixDesigns.gaussian(m, signals.n(), chosen);
                case RADEMACHER -> MeasurementMatrix.rademacher(m, signals.n(), chosen);
                case KLT -> MatrixDesigns.karhunenLoeve(signals.statistics().covariance(), m);
            };
        } catch (IllegalArgumentException unfit) {
            throw new Failure(ExitStatus.USAGE, unfit.getMessage(), unfit);
        }
    }

    private Design design(TrainingSignals signals) {
        return design != null ? design : signals.side() > 0 ? Design.ORTHONORMAL : Design.SPARSE;
    }

    private static double usualRatio(TrainingSignals signals) {
        return signals.wholePictures() ? 0.125 : 0.25;
    }

    private MeasurementMatrix fromFile(int n) {
        MeasurementMatrix matrix = from.toString().endsWith(".npy") ? MeasurementMatrix.read(from)
                : InputFiles.network(from).matrix().orElseThrow(() -> new DataFormatException(from
                        + ": names no measurement matrix; name a network that does, or a .npy file"));
        if (matrix.columns() != n) {
            throw new DataFormatException(from + ": the matrix is for " + matrix.columns() + " samples a window, the"
                    + " signals are cut into " + n + "; --window or --tile changes that");
        }
        return matrix;
    }

    private MeasurementMatrix annealed(TrainingSignals signals, int m, long seed, TrainingProgress progress) {
        SparseBinaryDesign.Options minute = SparseBinaryDesign.Options.MINUTE;
        SparseBinaryDesign.Options options = new SparseBinaryDesign.Options(moves, minute.start(), minute.end(), seed);
        LinearYardstick statistics = signals.statistics();
        double variance = Math.max(statistics.noise(noise(0)), 1e-9 * statistics.covariance().trace() / m);
        Matrix covariance = statistics.covariance();
        SparseBinaryDesign made = level ? new SparseBinaryDesign(covariance, variance,
                statistics.rounding(Quantiser.of(quantiser)), options)
                : new SparseBinaryDesign(covariance, variance, options);
        return made.improve(start(m, signals.n(), seed), progress).matrix();
    }

    private MeasurementMatrix start(int m, int n, long seed) {
        MeasurementMatrix drawn = MeasurementMatrix.sparseBinary(m, n, ones, seed);
        return level ? MatrixDesigns.levelRows(drawn, seed) : drawn;
    }

    private static boolean sparse(Design design) {
        return design == Design.SPARSE || design == Design.ANNEALED;
    }

    /** The same as words of the command line. */
    Map<String, String> words(TrainingSignals signals, MeasurementMatrix matrix, long seed) {
        Map<String, String> words = new LinkedHashMap<>();
        if (from != null) {
            words.put("--matrix-from", from.getFileName().toString());
        } else {
            words.put("--measurements", String.valueOf(matrix.rows()));
            words.put("--matrix", name(design(signals)));
            words.put("--ones", sparse(design(signals)) ? String.valueOf(ones) : "");
            words.put("--moves", design == Design.ANNEALED ? String.valueOf(moves) : "");
            words.put("--matrix-seed", String.valueOf(matrixSeed == null ? seed : matrixSeed));
        }
        words.put("--level-rows", level ? " " : "");
        words.put("--learn-matrix", learned == Learned.NO ? "" : name(learned));
        words.put("--quantise", quantiser.equals("float") ? "" : quantiser);
        words.put("--noise", noise(0) == 0 ? "" : String.valueOf(noise));
        return words;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
