package org.reluctor.devicetests.single;

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
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.WeightFormat;

/** Steps without weights: what a frame costs at least (one Relu), a longer pointwise chain, and a sum over a frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ElementBenchmark {
    /** What is computed of every element. */
    public enum Step {
        /** One operation. */
        RELU,
        /** Soft threshold, scale and sigmoid. */
        CHAIN,
        /** The mean of a frame taken from it. */
        MEAN;

        Value apply(NetworkBuilder builder, Value y) {
            return switch (this) {
                case RELU -> builder.relu(y);
                case CHAIN -> builder.sigmoid(builder.mul(builder.sub(builder.relu(y), builder.relu(builder.neg(y))),
                        builder.constant("scale", new float[] {0.5f}, 1)));
                case MEAN -> builder.sub(y, builder.reduceMean(y, 1));
                default -> throw new IllegalArgumentException(name());
            };
        }
    }

    /** Elements of a frame. */
    @Param({"256", "65536"})
    public int n;

    /** Frames. */
    @Param({"1", "64"})
    public int batch;

    /** What is computed. */
    @Param
    public Step step;

    private StepEngine engine;

    /** Brings the step onto the device. */
    @Setup(Level.Trial)
    public void open() {
        engine = new StepEngine(n, batch, WeightFormat.FLOAT32, step::apply);
    }

    /** One batch. */
    @Benchmark
    public float[] pointwise() {
        return engine.run();
    }

    /** Gives the device back. */
    @TearDown(Level.Trial)
    public void close() {
        engine.close();
    }
}
