package org.reluctor.app.command;

import java.nio.file.Path;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.network.MeasurementMatrix;
import picocli.CommandLine.Option;

/** The options that choose a measurement matrix: a network's, a file's, or one from a seed. */
public final class MatrixOptions {
    /** Entries of a matrix in float32 within 2 GiB. */
    private static final long MOST_ENTRIES = Integer.MAX_VALUE / Float.BYTES;

    @Option(names = {"-m", "--model"}, paramLabel = "FILE", description = "Take the network's matrix.")
    private Path model;

    @Option(names = "--matrix", paramLabel = "FILE", description = "Take the matrix of a .npy file, [m, n].")
    private Path matrix;

    @Option(names = "--phi", defaultValue = "sparse", paramLabel = "KIND",
            description = "Without --model and --matrix: sparse (binary) or rademacher. Default: ${DEFAULT-VALUE}")
    private String kind;

    @Option(names = "--n", defaultValue = "256", paramLabel = "N",
            description = "Samples a frame, for --phi. Default: ${DEFAULT-VALUE}")
    private int n;

    @Option(names = "--measurements", defaultValue = "64", paramLabel = "M",
            description = "Measurements a frame, for --phi. Default: ${DEFAULT-VALUE}")
    private int m;

    @Option(names = "--ones", defaultValue = "4", paramLabel = "D",
            description = "Ones a column, for --phi sparse. Default: ${DEFAULT-VALUE}")
    private int ones;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "SEED",
            description = "Seed of matrix and synthetic signal. Default: ${DEFAULT-VALUE}")
    private long seed;

    /** Made by picocli. */
    public MatrixOptions() {
        // Filled by picocli.
    }

    /** The seed, which other parts of the simulation share. */
    public long seed() {
        return seed;
    }

    /** The matrix that the options name. */
    public MeasurementMatrix matrix() {
        if (model != null) {
            return InputFiles.network(model).matrix().orElseThrow(() -> new Failure(ExitStatus.DATA, model
                    + ": names no measurement matrix; give one with --matrix"));
        }
        return matrix != null ? MeasurementMatrix.read(InputFiles.require(matrix)) : fromSeed();
    }

    private MeasurementMatrix fromSeed() {
        PositiveNumber.require("--n", n, 65_536);
        PositiveNumber.require("--measurements", m, n);
        if ((long) m * n > MOST_ENTRIES) {
            throw new Failure(ExitStatus.USAGE, "--measurements: a matrix of " + m + "x" + n
                    + " is too large; must have at most " + MOST_ENTRIES + " entries");
        }
        return switch (kind) {
            case "sparse" -> MeasurementMatrix.sparseBinary(m, n, PositiveNumber.require("--ones", ones, m), seed);
            case "rademacher" -> MeasurementMatrix.rademacher(m, n, seed);
            default -> throw new Failure(ExitStatus.USAGE, "--phi: \"" + kind + "\" is not one of sparse, rademacher");
        };
    }
}
