package org.reluctor.learn.command;

import java.util.List;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;

/**
 * Where a network comes from, for its metadata.
 *
 * @param commandLine  that makes it again, but for the places of data and file
 * @param records      trained on
 * @param signal       of the records, counted from 0
 * @param sampleRateHz of the records
 * @param unit         of the records' signal
 * @param rms          root mean square of the training signals, in that unit
 * @param version      that the file states
 */
record TrainingOrigin(String commandLine, List<String> records, int signal, double sampleRateHz, String unit,
        double rms, long version) {
    NetworkMetadata metadata(int n, int m, String figures) {
        // Brings signals near 1 for the device; a power of two, so that no digit is lost on the way.
        double scale = Math.scalb(1.0, Math.getExponent(rms));
        return NetworkMetadata.of(n, m, 1).withVersion(version).withSignal(sampleRateHz, unit)
                .withScales(scale, scale, 0)
                .withProvenance(Provenance.of(commandLine, records.size() + " WFDB records, signal " + signal
                        + ", (sample - baseline) / gain: " + String.join(" ", records)).withFigures(figures));
    }
}
