package org.reluctor.app.recovery;

import java.util.stream.Collectors;
import org.reluctor.app.Failure;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.engine.Engine;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.pace.Pace;
import org.reluctor.stream.Recovery;
import org.reluctor.stream.RecoveryException;
import org.reluctor.stream.codec.Signal;
import org.tinylog.Logger;

/**
 * One network on the device. Works in the frames' unit: divides y by the network's input scale, brings the output to
 * the signal's unit, and takes the residual from the device. After a failure it asks {@link RecoveryDevice} for it anew
 * at the next call. One thread computes; {@link #recover} allocates nothing. Any may close it, once no more is
 * computed.
 */
public final class EngineRecovery implements Recovery, AutoCloseable {
    private final RecoveryNetwork network;
    private final RecoveryNetwork computed;
    private final RecoveryDevice device;
    private final int maxBatch;
    // Asked for with every frame, and not free to ask the network for.
    private final long matrixId;
    private final long modelId;
    private final float[] scaled;
    private final float[] rest;
    /** Null where nothing was proven, as what follows. */
    private final MeasurementMatrix phi;
    /** Φx̂ of one frame. */
    private final float[] explained;
    private final float[][] results;
    /** Null where nothing was proven. */
    private final CertifiedLimits limits;
    private final int[] flags;
    private final DeviceProbes probes;
    /** Made once: asking probes allocates nothing. */
    private final DeviceProbes.Computation computation = (y, frames, outputs) -> this.engine.run(y, frames,
            outputs);
    private boolean wasLoadedAnew;
    private Engine engine;
    private OpenDevice opened;

    EngineRecovery(RecoveryNetwork network, CertifiedLimits limits, RecoveryDevice device, int maxBatch) {
        this.network = network;
        this.limits = limits;
        this.flags = new int[maxBatch];
        this.phi = limits == null ? null : network.matrix().orElseThrow();
        this.explained = limits == null ? null : new float[network.metadata().m()];
        this.device = device;
        this.maxBatch = maxBatch;
        this.matrixId = network.matrix().map(MeasurementMatrix::idBits).orElse(0L);
        this.modelId = network.modelId();
        this.computed = ResidualOutput.computed(network);
        int inputs = network.metadata().channels() * network.metadata().m();
        this.scaled = new float[maxBatch * inputs];
        this.rest = network.matrix().isPresent() ? new float[maxBatch * inputs] : null;
        this.results = new float[computed.outputs().size()][];
        this.results[results.length - 1] = rest;
        this.probes = new DeviceProbes(limits, network.metadata(), results.length, maxBatch);
        open();
        device.join();
    }

    /** Drivers finish a kernel at its first launch: better before the first frame than between it and its signal. */
    private void open() {
        OpenDevice now = device.opened();
        Pace.rest();
        CompilerStack.run(() -> {
            engine = device.engine(computed, network.sha256(), maxBatch);
            engine.rehearse();
        });
        now.remember();
        opened = now;
    }

    @Override
    public int measurements() {
        return network.metadata().m();
    }

    @Override
    public int samples() {
        return network.metadata().n();
    }

    @Override
    public int channels() {
        return network.metadata().channels();
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public long matrixId() {
        return matrixId;
    }

    @Override
    public long modelId() {
        return modelId;
    }

    @Override
    public String unit() {
        return network.metadata().unit();
    }

    @Override
    public void recover(float[] y, int frames, float[] x, float[] residual) {
        NetworkMetadata metadata = network.metadata();
        int inputs = metadata.channels() * metadata.m();
        for (int i = 0; i < frames * inputs; i++) {
            scaled[i] = (float) (y[i] / metadata.inputScale());
        }
        results[0] = x;
        compute(frames);
        toSignalUnit(x, frames * metadata.channels() * metadata.n());
        for (int frame = 0; frame < frames; frame++) {
            residual[frame] = rest == null ? Float.NaN : ratio(frame * inputs, inputs);
            if (limits != null) {
                flags[frame] = flags(limits, y, x, frame);
            }
        }
    }

    /** A certificate is of networks of one channel, with Φ. */
    private int flags(CertifiedLimits certified, float[] y, float[] x, int frame) {
        int from = frame * network.metadata().n();
        int inputs = frame * network.metadata().m();
        return (probes.fails() ? Signal.FLAG_RANGE : 0) | certified.rangeFlag(x, from)
                | certified.residualFlag(rest, inputs, network.metadata().inputScale())
                | certified.consistencyFlag(phi, x, from, y, inputs, explained);
    }

    @Override
    public int certifiedFlags(int frame) {
        return flags[frame];
    }

    /**
     * What the device makes of frames as the network takes them, [frames][inputs]: all outputs that the stream needs,
     * one array each, [frames][elements].
     *
     * @throws OpenClException if the device fails
     */
    public float[][] outputs(float[] y, int frames) {
        float[][] found = computed.outputs().stream()
                .map(output -> new float[frames * (int) output.shape().frameElements()]).toArray(float[][]::new);
        device.enter();
        try {
            engine.run(y, frames, found);
            return found;
        } finally {
            device.leave();
        }
    }

    /** The network, as its file has it. */
    public RecoveryNetwork network() {
        return network;
    }

    @Override
    public void close() {
        device.release(engine);
    }

    private void compute(int frames) {
        device.enter();
        try {
            if (opened != device.opened()) {
                open();
            }
            engine.run(scaled, frames, results);
            long now = System.nanoTime();
            if (probes.isDue(now)) {
                probes.ask(computation, frames, now).ifPresentOrElse(this::mend, () -> wasLoadedAnew = false);
            }
        } catch (OpenClException | Failure e) {
            device.lose();
            throw new RecoveryException(reason(e), e);
        } finally {
            device.leave();
        }
    }

    /** What the device holds may have been lost in part: it is written once more, once for every such loss. */
    private void mend(String wrong) {
        if (wasLoadedAnew) {
            Logger.error("{}: the device still answers wrongly after it was loaded anew: {}; signals are flagged",
                    network.name(), wrong);
            return;
        }
        Logger.error("{}: the device does not compute what was certified: {}; signals are flagged, and the network is"
                + " loaded anew", network.name(), wrong);
        wasLoadedAnew = true;
        device.lose();
        probes.loadedAnew();
    }

    /** For one line of a log, again and again: of a program that does not build, the first line of the build log. */
    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().limit(2).collect(Collectors.joining(": "));
    }

    private void toSignalUnit(float[] x, int elements) {
        double scale = network.metadata().outputScale();
        double offset = network.metadata().outputOffset();
        if (scale == 1 && offset == 0) {
            return;
        }
        for (int i = 0; i < elements; i++) {
            x[i] = (float) (scale * x[i] + offset);
        }
    }

    /** ‖y − Φx̃‖/‖y‖; 0 for a frame of zeros that is explained by zeros. */
    private float ratio(int from, int length) {
        double unexplained = 0;
        double all = 0;
        for (int i = from; i < from + length; i++) {
            unexplained += (double) rest[i] * rest[i];
            all += (double) scaled[i] * scaled[i];
        }
        return unexplained == 0 ? 0 : (float) Math.sqrt(unexplained / all);
    }
}
