package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.device.DeviceProducts;
import org.reluctor.opencl.device.DeviceSession;

/** Products on the device against those in float64, for more vectors than one shard has. */
class DeviceProductsIT {
    private static final int COUNT = 9_001;

    private static DeviceSession session;
    private static DeviceProducts products;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
        products = new DeviceProducts(session);
    }

    @AfterAll
    static void close() {
        products.close();
        session.close();
    }

    @Test
    void times_severalShards_isTheHostsProductToFloat32() {
        Samples vectors = gaussian(1, COUNT, 37);
        Matrix matrix = Matrix.of(37, 21, gaussian(2, 37, 21).values());
        assertClose(new HostProducts().times(vectors, matrix).values(), products.times(vectors, matrix).values());
    }

    @Test
    void gram_severalShards_isTheHostsSumToFloat32AndTheSameTwice() {
        Samples left = gaussian(3, COUNT, 30);
        Samples right = gaussian(4, COUNT, 55);
        Matrix device = products.gram(left, right);
        assertClose(new HostProducts().gram(left, right).values(), device.values());
        assertArrayEquals(device.values(), products.gram(left, right).values());
    }

    @Test
    void products_ofSizesThatDoNotFit_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> products.times(gaussian(5, 3, 4), Matrix.zero(5, 2)));
        assertThrows(IllegalArgumentException.class, () -> products.gram(gaussian(5, 3, 4), gaussian(5, 4, 4)));
    }

    private static Samples gaussian(long seed, int count, int width) {
        Random random = new Random(seed);
        return new Samples(width, random.doubles((long) count * width, -1, 1).toArray());
    }

    private static void assertClose(double[] expected, double[] actual) {
        double scale = Math.sqrt(Arrays.stream(expected).map(value -> value * value).average().orElseThrow());
        assertArrayEquals(expected, actual, 1e-5 * scale);
    }
}
