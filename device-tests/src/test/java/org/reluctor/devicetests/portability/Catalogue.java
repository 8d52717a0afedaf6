package org.reluctor.devicetests.portability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.Layout;
import org.reluctor.opencl.operation.PipelineFold;
import org.reluctor.opencl.operation.PipelinePointwise;
import org.reluctor.opencl.operation.PipelineProduct;
import org.reluctor.opencl.operation.Pointwise;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.TiledGemm;
import org.reluctor.opencl.operation.TiledGemv;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * Every operation in every form and weight format, at small sizes that leave remainders in every direction: the list
 * that the checks on foreign devices take theirs from. {@link CatalogueTest} knows when one is missing.
 */
final class Catalogue {
    private final List<Specimen> specimens = new ArrayList<>();

    private Catalogue() {
    }

    /** All of them, made anew. */
    static List<Specimen> specimens() {
        Catalogue catalogue = new Catalogue();
        catalogue.products();
        catalogue.tiledProducts();
        catalogue.pipelines();
        catalogue.others();
        return catalogue.specimens;
    }

    /** {@code frames} are those of the batch. */
    private SpecimenBuilder specimen(String name, boolean isPlain, int frames) {
        return new SpecimenBuilder(name, isPlain, specimens.size() + 1, frames);
    }

    private void products() {
        ProductForm plain = ProductForm.PLAIN;
        specimens.add(specimen("gemv plain", true, 3).product(plain, 37, 21, 2,
                tail -> new Gemv(plain, 37, 21, 2, tail)));
        for (WeightFormat format : WeightFormat.values()) {
            ProductForm panel = ProductForm.panel(format);
            ProductForm sparse = ProductForm.sparse(format);
            specimens.add(specimen("gemv panel " + format, false, 2).product(panel, 37, 21, 2,
                    tail -> new Gemv(panel, 37, 21, 2, tail)));
            specimens.add(specimen("gemv sparse " + format, false, 2).product(sparse, 165, 259, 1,
                    tail -> new Gemv(sparse, 165, 259, 1, tail)));
        }
    }

    private void tiledProducts() {
        for (WeightFormat format : WeightFormat.values()) {
            ProductForm tiled = ProductForm.tiled(format);
            specimens.add(specimen("gemv tiled " + format, true, 2).product(tiled, 19, 73, 2,
                    tail -> new TiledGemv(tiled, 19, 73, 2, tail)));
            specimens.add(specimen("gemm tiled " + format, true, 7).product(tiled, 67, 18, 10,
                    tail -> new TiledGemm(tiled, 67, 18, 10, tail)));
        }
        ProductForm large = ProductForm.tiled(WeightFormat.FLOAT32);
        specimens.add(specimen("gemm tiled, many rows", true, 3).product(large, 131, 17, 1,
                tail -> new TiledGemm(large, 131, 17, 1, tail)));
    }

    private void pipelines() {
        Arrays.stream(WeightFormat.values()).filter(KernelForm.PIPELINE::reads).forEach(format -> {
            ProductForm form = ProductForm.pipeline(format);
            specimens.add(specimen("product pipeline " + format, true, 2).product(form, 7, 21, 2,
                    tail -> new PipelineProduct(form, 7, 21, 2, tail)));
        });
        specimens.add(specimen("pointwise pipeline", true, 2).pointwise(19,
                tail -> new PipelinePointwise(19, tail)));
        specimens.add(specimen("functions pipeline", true, 2).functions(19,
                tail -> new PipelinePointwise(19, tail)));
        for (Fold.Kind kind : Fold.Kind.values()) {
            specimens.add(specimen("fold pipeline " + kind, true, 2).fold(kind, 5, 19,
                    tail -> new PipelineFold(kind, 5, 19, tail)));
        }
    }

    private void others() {
        specimens.add(specimen("pointwise", true, 3).pointwise(37, tail -> new Pointwise(Layout.FRAMES, 37, tail)));
        specimens.add(specimen("functions", true, 2).functions(19, tail -> new Pointwise(Layout.FRAMES, 19, tail)));
        for (Fold.Kind kind : Fold.Kind.values()) {
            specimens.add(specimen("fold " + kind, true, 2).fold(kind, 19, 5,
                    tail -> new Fold(Layout.FRAMES, kind, 19, 5, tail)));
        }
    }
}
