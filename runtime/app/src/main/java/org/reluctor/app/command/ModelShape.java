package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.List;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Option;

/** The size of signals that a network file leaves open, on the command line. Mixed into the commands that read one. */
final class ModelShape {
    @Option(names = "--shape", split = ",", paramLabel = "N",
            description = "For a network file that leaves height and width open: all dimensions of its input behind the"
                    + " batch, such as 1,256,256. Default: as the file fixes them")
    private List<Integer> shape = List.of();

    /** Made by picocli. */
    ModelShape() {
        // Filled by picocli.
    }

    /** The dimensions; empty for those that the file fixes. */
    int[] dims() {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /** As {@link InputFiles#network(Path, List)}, of that size. */
    RecoveryNetwork network(Path file) {
        return InputFiles.network(file, shape);
    }
}
