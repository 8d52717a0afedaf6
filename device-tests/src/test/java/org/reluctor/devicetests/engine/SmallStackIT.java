package org.reluctor.devicetests.engine;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;

/**
 * Kernels with much private memory in a thread with as little stack as the gateway gives: where a frame is computed in
 * the calling thread, too much of it would end the process.
 */
class SmallStackIT {
    /** As {@code reluctor run} starts its JVM. */
    private static final long STACK_BYTES = 256 << 10;
    private static final int SIDE = 10;

    /** Convolutions to 128, 192 and 256 channels: each its own function, all in one kernel. */
    private static RecoveryNetwork network(RandomNetworks random) {
        NetworkBuilder builder = new NetworkBuilder("wide");
        Value x = builder.reshape(builder.input("y", SIDE * SIDE), 0, 1, SIDE, SIDE);
        int from = 1;
        for (int to : new int[] {128, 192, 256, 256, 128}) {
            float[] weights = random.vector(to * from * 9, (float) (1 / (3 * Math.sqrt(from))));
            Value w = builder.constant("w" + from + "to" + to, weights, to, from, 3, 3);
            x = builder.relu(builder.apply(Operator.CONV,
                    new Attributes(Map.of("pads", new long[] {1, 1, 1, 1})), x, w));
            from = to;
        }
        builder.output(builder.reshape(x, 0, from * SIDE * SIDE), "x");
        return builder.build();
    }

    @Test
    void run_manyChannelsOnASmallStack_equalsReference() throws InterruptedException {
        RandomNetworks random = new RandomNetworks(1);
        RecoveryNetwork network = network(random);
        float[] y = random.vector(SIDE * SIDE, 1);
        double[] expected = new ReferenceExecutor(network).run(y, 1).get(0);
        float[] x = new float[expected.length];
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread small = new Thread(null, () -> {
            try (DeviceSession session = TestDevice.open(); Engine engine = Engine.create(network, session, 1)) {
                engine.run(y, 1, x);
            }
        }, "small stack", STACK_BYTES);
        small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        small.start();
        small.join();
        assertNull(failure.get());
        Closeness.assertClose("256 channels", expected, x);
    }
}
