package org.reluctor.learn.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.device.DeviceProducts;
import org.reluctor.opencl.device.DeviceSession;
import picocli.CommandLine.Option;

/** The options of methods that see all samples at once: how many there are, and where sums over them are formed. */
final class SampleOptions {
    /** Where products of matrices are computed. */
    enum Place {
        /** In float32, summed over shards in float64. */
        DEVICE,
        /** In float64. */
        HOST
    }

    @Option(names = "--samples", paramLabel = "COUNT",
            description = "Windows or blocks to learn from, spread evenly over the data (default: al 20000, convex"
                    + " 10000).")
    private int samples;

    @Option(names = "--products", paramLabel = "PLACE",
            description = "Where large products are computed: device (float32) or host (float64). Default: device")
    private Place products = Place.DEVICE;

    /** Samples at most. */
    int samples(int usual) {
        if (samples < 0) {
            throw new IllegalArgumentException("--samples: " + samples + " is out of range; must be 1 or more");
        }
        return samples == 0 ? usual : samples;
    }

    /** Works with products, and gives the device back. */
    <T> T with(TrainingTask task, Function<Products, T> work) {
        if (products == Place.HOST) {
            return work.apply(new HostProducts());
        }
        try (DeviceSession session = task.device().session(); DeviceProducts all = new DeviceProducts(session)) {
            return work.apply(all);
        }
    }

    /** The same as words of the command line. */
    Map<String, String> words(int usual) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--samples", String.valueOf(samples(usual)));
        words.put("--products", products.name().toLowerCase(Locale.ROOT));
        return words;
    }
}
