package org.reluctor.learn.command;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.network.NetworkMetadata;

/**
 * Whether records are of the kind that a network was trained for. What differs is told, not refused: whoever evaluates
 * may want to know how far a network reaches.
 */
final class SignalFitness {
    /** Clocks of phones are off by some percent. */
    private static final double TOLERANCE = 0.1;

    private final NetworkMetadata metadata;
    private final List<String> remarks = new ArrayList<>();

    SignalFitness(NetworkMetadata metadata) {
        this.metadata = metadata;
    }

    /** Notes where one of rate and unit is known on both sides and differs. */
    void check(String name, double rateHz, String unit) {
        if (Math.abs(rateHz - metadata.sampleRateHz()) > TOLERANCE * metadata.sampleRateHz()) {
            remarks.add("record " + name + " has " + rateHz + " Hz; the network was trained for "
                    + metadata.sampleRateHz() + " Hz");
        }
        if (!unit.isEmpty() && !metadata.unit().isEmpty() && !unit.equals(metadata.unit())) {
            remarks.add("record " + name + " is in " + unit + "; the network was trained for " + metadata.unit());
        }
    }

    /** All that was noted. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
