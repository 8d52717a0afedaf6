package org.reluctor.devicetests.single;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.WeightFormat;

/** A convolution that keeps the image's size, followed by a Relu: the layer of ISTA-Net+ at 33 × 33 and 32 channels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConvolutionBenchmark {
    private static final int SIDE = 33;

    /** From and to so many channels. */
    @Param({"1", "32"})
    public int channels;

    /** Side of the kernel. */
    @Param({"1", "3", "5"})
    public int kernel;

    /** Frames. */
    @Param({"1", "64"})
    public int batch;

    private StepEngine engine;

    /** Brings the layer onto the device. */
    @Setup(Level.Trial)
    public void open() {
        engine = new StepEngine(channels * SIDE * SIDE, batch, WeightFormat.FLOAT32, this::layer);
    }

    private Value layer(NetworkBuilder builder, Value y) {
        long pad = kernel / 2;
        Value weights = builder.constant("W", StepEngine.random(channels * channels * kernel * kernel), channels,
                channels, kernel, kernel);
        return builder.relu(builder.conv(builder.reshape(y, 0, channels, SIDE, SIDE), weights, null,
                new Attributes(Map.of("pads", new long[] {pad, pad, pad, pad}))));
    }

    /** One batch. */
    @Benchmark
    public float[] convolution() {
        return engine.run();
    }

    /** Gives the device back. */
    @TearDown(Level.Trial)
    public void close() {
        engine.close();
    }
}
