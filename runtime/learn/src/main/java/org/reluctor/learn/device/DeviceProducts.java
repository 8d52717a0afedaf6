package org.reluctor.learn.device;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Holdings;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;
import org.reluctor.opencl.training.TrainingKernels;

/**
 * The products in float32 on an OpenCL device. Vectors go there in shards of {@value #SHARD}; a Gram matrix is summed
 * in float32 within a shard and in float64 over shards, so that its relative error does not grow with their number.
 * The same sums every time on one device. One thread; close it before the session.
 */
public final class DeviceProducts implements Products, AutoCloseable {
    private static final int SHARD = 4096;
    /** Sizes whose buffers are kept for the next product of the same size. */
    private static final int KEPT = 48;

    /** Which product, of which size. */
    private record Key(ProductSize size, boolean gram) {
    }

    private final TrainingKernels kernels;
    private final Map<Key, ShardProduct> products = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** On that session, which stays the caller's. */
    public DeviceProducts(DeviceSession session) {
        this.kernels = new TrainingKernels(session);
    }

    @Override
    public Samples times(Samples vectors, Matrix matrix) {
        if (matrix.rows() != vectors.width()) {
            throw new IllegalArgumentException("vectors of " + vectors.width() + " times " + matrix.rows() + "×"
                    + matrix.columns());
        }
        Samples product = Samples.zero(vectors.count(), matrix.columns());
        ShardProduct last = null;
        for (int first = 0; first < vectors.count(); first += SHARD) {
            int count = Math.min(SHARD, vectors.count() - first);
            ShardProduct shard = product(new Key(new ProductSize(count, vectors.width(), matrix.columns(), 1), false));
            shard.writeLeft(vectors.values(), first * vectors.width());
            // The matrix stays on the device from shard to shard of one size.
            if (shard != last) {
                shard.writeRight(matrix.values(), 0);
                last = shard;
            }
            shard.compute();
            shard.read(product.values(), first * matrix.columns());
        }
        return product;
    }

    @Override
    public Matrix gram(Samples left, Samples right) {
        if (left.count() != right.count()) {
            throw new IllegalArgumentException(left.count() + " vectors and " + right.count()
                    + " others; equally many are needed");
        }
        Matrix sum = Matrix.zero(left.width(), right.width());
        for (int first = 0; first < left.count(); first += SHARD) {
            int count = Math.min(SHARD, left.count() - first);
            ShardProduct shard = product(new Key(new ProductSize(left.width(), count, right.width(), 1), true));
            shard.writeLeft(left.values(), first * left.width());
            shard.writeRight(right.values(), first * right.width());
            shard.compute();
            shard.addTo(sum.values());
        }
        return sum;
    }

    private ShardProduct product(Key key) {
        ShardProduct known = products.get(key);
        if (known != null) {
            return known;
        }
        if (products.size() == KEPT) {
            Iterator<ShardProduct> eldest = products.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
        MatrixView left = key.gram() ? MatrixView.rows(0, key.size().rows()).transposed()
                : MatrixView.rows(0, key.size().inner());
        ShardProduct made = new ShardProduct(kernels, key.size(), left);
        products.put(key, made);
        return made;
    }

    @Override
    public void close() {
        Holdings all = new Holdings();
        all.add(kernels);
        products.values().forEach(all::add);
        products.clear();
        all.close();
    }
}
