package org.reluctor.learn.command;

import java.util.Map;
import java.util.stream.Collectors;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.command.ProgressOutput;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;

/**
 * What a method is given.
 *
 * @param name     of the network
 * @param version  that its file is to state
 * @param seed     of all that is drawn
 * @param data     already split
 * @param sensor   checked
 * @param shape    of the network
 * @param budget   checked
 * @param device   to compute on
 * @param progress to show how far it is
 */
record TrainingTask(String name, long version, long seed, TrainingData data, SensorOptions sensor,
        ArchitectureOptions shape, BudgetOptions budget, DeviceOptions device, ProgressOutput progress) {
    /** Metadata of a network for these signals, whatever their scale. */
    NetworkMetadata metadata(TrainingSignals signals, int m) {
        return signals.describe(NetworkMetadata.of(signals.n(), m, 1)).withVersion(version);
    }

    /** Where a network comes from: the command that makes it again but for places, and the data. */
    Provenance provenance(String method, TrainingSignals signals, Map<String, String> words) {
        StringBuilder line = new StringBuilder("reluctor train --method " + method);
        append(line, data.words());
        append(line, words);
        line.append(" --seed ").append(seed);
        return Provenance.of(line.toString(), signals.description());
    }

    /** Options whose word is empty are left out; those that take none have a blank. */
    private static void append(StringBuilder line, Map<String, String> words) {
        line.append(words.entrySet().stream().filter(word -> !word.getValue().isEmpty())
                .map(word -> (" " + word.getKey() + " " + word.getValue()).stripTrailing())
                .collect(Collectors.joining()));
    }
}
