package org.reluctor.learn.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.DaubechiesBasis;
import org.reluctor.learn.architecture.IstaNetPlus;
import org.reluctor.learn.architecture.Lista;
import org.reluctor.learn.architecture.PolyphaseConvolution;
import org.reluctor.learn.architecture.PolyphaseImage;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.architecture.TwoLayer;
import org.reluctor.learn.architecture.UnrolledDense;
import org.reluctor.learn.architecture.WholeImage;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import picocli.CommandLine.Option;

/** The options that choose a network's architecture and its sizes. */
final class ArchitectureOptions {
    /** Architectures by their names in options. */
    enum Architecture {
        /** Unrolled, convolutions over a signal's polyphase components. */
        POLYPHASE,
        /** Unrolled, convolutions over a picture's, with a dense branch. */
        IMAGE,
        /** The same with cheaper convolutions and a table of positions, for pictures of one class. */
        WHOLE_IMAGE,
        /** Unrolled dense phases. */
        DENSE,
        /** One hidden layer beside the linear estimate. */
        TWO_LAYER,
        /** Learned shrinkage, free matrices. */
        LISTA,
        /** Learned shrinkage, coupled matrices. */
        LISTA_CPSS,
        /** ISTA-Net+. */
        ISTA_NET_PLUS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--architecture", paramLabel = "NAME",
            description = "polyphase (convolutions, for recordings), image (the same for pictures),"
                    + " whole-image (for small pictures of one class), dense, two-layer,"
                    + " lista, lista-cpss, ista-net-plus (pictures). Default: polyphase; of pictures image.")
    private String name;

    @Option(names = "--phases", paramLabel = "K",
            description = "Unrolled phases (default 5; image 4, dense 3, analytic 3, lista 8,"
                    + " ista-net-plus 9).")
    private Integer phases;

    @Option(names = "--channels", paramLabel = "C",
            description = "Channels of the features of convolutions (default 64; of pictures 32).")
    private Integer channels;

    @Option(names = "--hidden", paramLabel = "H",
            description = "Hidden units: of a dense phase or layer (default 512), of image's dense branch (default 0;"
                    + " of small pictures 64). Of --method al a list, one number a layer.", split = ",")
    private List<Integer> hidden = List.of();

    @Option(names = "--polyphase", paramLabel = "P",
            description = "Samples a token of polyphase (default 8, or what divides the window), side of a token of"
                    + " image and whole-image (default 2).")
    private Integer polyphase;

    @Option(names = "--levels", paramLabel = "L",
            description = "Levels of the wavelet basis of lista and analytic; 2^L divides the window (default 5, or"
                    + " fewer).")
    private Integer levels;

    @Option(names = "--threshold", paramLabel = "T",
            description = "Thresholds of lista at the start, in units of the signal's scale (default 0.05).")
    private double threshold = 0.05;

    /** The architecture for these signals. */
    Architecture architecture(boolean pictures) {
        if (name == null) {
            return pictures ? Architecture.IMAGE : Architecture.POLYPHASE;
        }
        Architecture found = Arrays.stream(Architecture.values())
                .filter(one -> one.toString().equals(name.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--architecture: no '" + name + "'; right is one of "
                        + Arrays.stream(Architecture.values()).map(Architecture::toString)
                        .collect(Collectors.joining(", "))));
        boolean forPictures = found == Architecture.IMAGE || found == Architecture.WHOLE_IMAGE
                || found == Architecture.ISTA_NET_PLUS;
        if (forPictures && !pictures) {
            throw new IllegalArgumentException("--architecture: " + found + " is for pictures; right for recordings"
                    + " are polyphase, dense, two-layer, lista and lista-cpss");
        }
        return found;
    }

    int phases(int usual) {
        return phases == null ? usual : phases;
    }

    int levels(int usual) {
        return levels == null ? usual : levels;
    }

    /** Hidden units, layer by layer. */
    List<Integer> hidden(List<Integer> usual) {
        if (hidden.stream().anyMatch(units -> units < 0)) {
            throw new IllegalArgumentException("--hidden: " + hidden + " is out of range; must be 0 or more");
        }
        return hidden.isEmpty() ? usual : hidden;
    }

    private int hidden(int usual) {
        return hidden(List.of(usual)).get(0);
    }

    /**
     * The network before training.
     *
     * @param linear W, n×m
     */
    TrainableNetwork assemble(String title, TrainingSignals signals, MeasurementMatrix phi, Matrix linear,
            NetworkMetadata metadata, long seed) {
        int side = signals.side();
        return switch (architecture(side > 0)) {
            case POLYPHASE -> new PolyphaseConvolution(channels(64), phases(5), token(phi.columns()), seed)
                    .assemble(title, phi, linear, metadata);
            case IMAGE -> new PolyphaseImage(side, tokenSide(side), channels(32),
                    hidden(signals.wholePictures() ? 64 : 0), phases(4), seed).assemble(title, phi, linear, metadata);
            case WHOLE_IMAGE -> new WholeImage(side, tokenSide(side), channels(32), hidden(64), phases(5), seed)
                    .assemble(title, phi, linear, metadata);
            case DENSE -> new UnrolledDense(hidden(512), phases(3), seed).assemble(title, phi, linear, metadata);
            case TWO_LAYER -> new TwoLayer(hidden(512), seed).assemble(title, phi, linear, metadata);
            case LISTA -> new Lista(phases(8), threshold, Lista.Coupling.FREE)
                    .assemble(title, phi, dictionary(phi.columns(), side), metadata);
            case LISTA_CPSS -> new Lista(phases(8), threshold, Lista.Coupling.COUPLED)
                    .assemble(title, phi, dictionary(phi.columns(), side), metadata);
            case ISTA_NET_PLUS -> new IstaNetPlus(side, channels(32), phases(9), seed)
                    .assemble(title, phi, linear, metadata);
        };
    }

    private int channels(int usual) {
        return channels == null ? usual : channels;
    }

    private int tokenSide(int side) {
        return polyphase == null ? side % 2 == 0 ? 2 : 1 : polyphase;
    }

    /** The most of 8, 4, 2 and 1 that divides n. */
    private int token(int n) {
        return polyphase == null ? Integer.lowestOneBit(n | 8) : polyphase;
    }

    /** A wavelet basis; of pictures the product of those of rows and columns. */
    private Matrix dictionary(int n, int side) {
        int length = side > 0 ? side : n;
        int most = Math.min(5, Integer.numberOfTrailingZeros(length));
        Matrix basis = most == 0 && levels == null ? Matrix.zero(length, length).plusDiagonal(1)
                : new DaubechiesBasis(length, levels(most)).matrix();
        if (side == 0) {
            return basis;
        }
        Matrix product = Matrix.zero(n, n);
        for (int at = 0; at < n * n; at++) {
            int row = at / n;
            int column = at % n;
            product.values()[at] = basis.at(row / side, column / side) * basis.at(row % side, column % side);
        }
        return product;
    }

    /** The same as words of the command line, as far as they were given. */
    Map<String, String> words(boolean pictures) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--architecture", architecture(pictures).toString());
        words.put("--phases", text(phases));
        words.put("--channels", text(channels));
        words.put("--hidden", String.join(",", hidden.stream().map(String::valueOf).toList()));
        words.put("--polyphase", text(polyphase));
        words.put("--levels", text(levels));
        words.put("--threshold", threshold == 0.05 ? "" : String.valueOf(threshold));
        return words;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
