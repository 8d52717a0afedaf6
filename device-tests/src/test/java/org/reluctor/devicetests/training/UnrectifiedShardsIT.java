package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.device.DeviceProducts;
import org.reluctor.learn.unrectified.Budget;
import org.reluctor.learn.unrectified.DenseNetwork;
import org.reluctor.learn.unrectified.LagrangianOptions;
import org.reluctor.learn.unrectified.LagrangianTrainer;
import org.reluctor.learn.unrectified.RestartOptions;
import org.reluctor.learn.unrectified.RestartVariant;
import org.reluctor.learn.unrectified.Shards;
import org.reluctor.learn.unrectified.UnrectifiedProgress;
import org.reluctor.opencl.device.DeviceSession;

/** The augmented Lagrangian over float32 products in four shards against float64 in one. */
class UnrectifiedShardsIT {
    private static final int COUNT = 2000;
    private static final double TOLERANCE = 1e-5;

    private final Samples measurements = gaussian(1, COUNT, 12);
    private final Samples targets = bent(gaussian(2, COUNT, 20));

    @Test
    void lagrangian_inFourShardsOnTheDevice_hasTheObjectivesOfOneShardInFloat64() {
        LagrangianTrainer.Result host = train(new HostProducts(), COUNT);
        try (DeviceSession session = TestDevice.open(); DeviceProducts products = new DeviceProducts(session)) {
            LagrangianTrainer.Result device = train(products, COUNT / 4);
            assertEquals(host.reports().size(), device.reports().size());
            for (int at = 0; at < host.reports().size(); at++) {
                double expected = host.reports().get(at).forwardObjective();
                assertEquals(1, device.reports().get(at).forwardObjective() / expected, TOLERANCE);
            }
        }
    }

    private LagrangianTrainer.Result train(Products products, int shardSize) {
        Shards shards = Shards.dealt(measurements, targets, shardSize, 1);
        DenseNetwork start = DenseNetwork.random(false, 3, 12, 24, 24, 20);
        DenseNetwork fitted = new RestartVariant(products, RestartOptions.STANDARD, UnrectifiedProgress.SILENT)
                .refitted(start, shards);
        return new LagrangianTrainer(products, LagrangianOptions.STANDARD, UnrectifiedProgress.SILENT)
                .train(fitted, shards, Budget.ofSteps(4));
    }

    private static Samples gaussian(long seed, int count, int width) {
        Random random = new Random(seed);
        return new Samples(width, random.doubles((long) count * width, -1, 1).toArray());
    }

    /** Something of the measurements that no linear map gives, with noise. */
    private Samples bent(Samples noise) {
        for (int at = 0; at < noise.values().length; at++) {
            int from = at / noise.width() * measurements.width() + at % measurements.width();
            noise.values()[at] = 0.1 * noise.values()[at] + Math.abs(measurements.values()[from]);
        }
        return noise;
    }
}
