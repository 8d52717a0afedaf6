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

/**
 * A matrix product of n × n, single frames and tiles of them, in every format of weights; of an input that is dense,
 * and of one that a soft threshold has left twelve of a hundred elements of, which costs a pointwise step more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {
    /** Rows and columns. */
    @Param("1024")
    public int n;

    /** Frames. */
    @Param({"1", "8", "64"})
    public int batch;

    /** Format of weights. */
    @Param({"FLOAT32", "BFLOAT16", "FLOAT16", "INT8"})
    public WeightFormat weights;

    /** Of the input, in percent. */
    @Param({"100", "12"})
    public int active;

    private StepEngine engine;

    /** Brings the product onto the device. */
    @Setup(Level.Trial)
    public void open() {
        engine = new StepEngine(n, batch, weights, (builder, y) -> builder.matMul(active < 100
                ? threshold(builder, y, 1 - active / 100f) : y, builder.constant("W", StepEngine.random(n * n), n, n)));
    }

    private static Value threshold(NetworkBuilder builder, Value y, float t) {
        Value threshold = builder.constant("t", new float[] {t}, 1);
        return builder.sub(builder.relu(builder.sub(y, threshold)),
                builder.relu(builder.sub(builder.neg(y), threshold)));
    }

    /** One batch. */
    @Benchmark
    public float[] product() {
        return engine.run();
    }

    /** Gives the device back. */
    @TearDown(Level.Trial)
    public void close() {
        engine.close();
    }
}
