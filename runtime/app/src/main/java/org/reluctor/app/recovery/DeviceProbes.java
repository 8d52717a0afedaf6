package org.reluctor.app.recovery;

import java.util.List;
import java.util.Optional;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.certificate.CertifiedLimits.Probe;
import org.reluctor.network.NetworkMetadata;

/**
 * Frames whose right answers were proven, given to the device now and then between frames of sensors: a device whose
 * weights are no longer the file's answers otherwise, whatever sensors send. They go in batches of the size that the
 * stream has just then, so that they take the ways that its frames take. One thread; asking allocates nothing.
 */
final class DeviceProbes {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    /** What the device makes of frames, as an engine does. */
    interface Computation {
        /** Runs so many frames, [frames][inputs]; outputs that are null are not asked for. */
        void run(float[] y, int frames, float[]... results);
    }

    private final List<Probe> probes;
    private final NetworkMetadata metadata;
    private final float[] scaled;
    private final float[] signal;
    private final float[][] results;
    private boolean isAsked;
    private long lastNanos;
    private boolean fails;

    /** @param outputs of the computed network, the signal first */
    DeviceProbes(CertifiedLimits limits, NetworkMetadata metadata, int outputs, int maxBatch) {
        this.metadata = metadata;
        probes = limits == null ? List.of() : limits.probes();
        int batch = Math.min(maxBatch, probes.size());
        scaled = new float[batch * metadata.m()];
        signal = new float[batch * metadata.n()];
        results = new float[outputs][];
        results[0] = signal;
    }

    /** Whether it is time to ask. */
    boolean isDue(long nowNanos) {
        return !probes.isEmpty() && (!isAsked || nowNanos - lastNanos >= INTERVAL_NANOS);
    }

    /** Whether the device answered wrongly when it was asked last. */
    boolean fails() {
        return fails;
    }

    /** What was loaded anew is asked at once. */
    void loadedAnew() {
        isAsked = false;
    }

    /**
     * Asks all probes.
     *
     * @param batch frames of a batch, 1 or more
     * @return the first sample that was wrong, for people; empty where all were right
     */
    Optional<String> ask(Computation device, int batch, long nowNanos) {
        isAsked = true;
        lastNanos = nowNanos;
        Optional<String> wrong = Optional.empty();
        int most = Math.min(batch, signal.length / metadata.n());
        for (int first = 0; first < probes.size() && wrong.isEmpty(); first += most) {
            wrong = answers(device, first, Math.min(most, probes.size() - first));
        }
        fails = wrong.isPresent();
        return wrong;
    }

    private Optional<String> answers(Computation device, int first, int count) {
        for (int at = 0; at < count * metadata.m(); at++) {
            scaled[at] = (float) (probes.get(first + at / metadata.m()).y()[at % metadata.m()]
                    / metadata.inputScale());
        }
        device.run(scaled, count, results);
        for (int at = 0; at < count * metadata.n(); at++) {
            signal[at] = (float) (metadata.outputScale() * signal[at] + metadata.outputOffset());
        }
        for (int at = 0; at < count; at++) {
            int sample = probes.get(first + at).interval().firstOutside(signal, at * metadata.n());
            if (sample >= 0) {
                return Optional.of("sample " + sample + " of probe " + (first + at) + " is "
                        + signal[at * metadata.n() + sample] + ", proven are "
                        + probes.get(first + at).interval().low()[sample] + " to "
                        + probes.get(first + at).interval().high()[sample]);
            }
        }
        return Optional.empty();
    }
}
