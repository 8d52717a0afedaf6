package org.reluctor.devicetests.peers;

import org.reluctor.engine.Engine;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** Our engine. */
final class EngineContender implements Contender, AutoCloseable {
    private final Engine engine;
    private final int batch;
    private final float[] y;
    private final float[] x;

    EngineContender(RecoveryNetwork network, DeviceSession session, WeightFormat weights, float[] y,
            int batch) {
        this.engine = Engine.create(network, session, LaunchParameters.of(session.device()).withWeights(weights),
                batch);
        this.batch = batch;
        this.y = y;
        this.x = new float[Math.toIntExact(network.signal().shape().elements(batch))];
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public void run() {
        engine.run(y, batch, x);
    }

    /** The signals of the last run. */
    float[] signals() {
        return x;
    }

    @Override
    public void close() {
        engine.close();
    }
}
