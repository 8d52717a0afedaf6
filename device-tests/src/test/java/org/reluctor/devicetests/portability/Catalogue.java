package org.reluctor.devicetests.portability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.ConvolutionWindow;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.ImageLayout;
import org.reluctor.opencl.operation.KernelForm;
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
        catalogue.convolutions();
        catalogue.notFinite();
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
            specimens.add(specimen("gemm panel " + format, false, Gemm.TILE + 1).product(panel, 53, 21, 2,
                    tail -> new Gemm(panel, 53, 21, 2, Gemm.TILE, tail)));
            specimens.add(specimen("gemm panel, frame by frame " + format, false, 2).product(panel, 37, 21, 3,
                    tail -> new Gemm(panel, 37, 21, 3, 1, tail)));
        }
    }

    /** Kernels that skip or transform what they read have another way for what is not finite. */
    private void notFinite() {
        ProductForm sparse = ProductForm.sparse(WeightFormat.FLOAT32);
        specimens.add(specimen("gemv sparse, not finite", false, 2).notFinite().product(sparse, 165, 259, 1,
                tail -> new Gemv(sparse, 165, 259, 1, tail)));
        ConvolutionWindow square = new ConvolutionWindow(3, 3, 1, 1, 1, 1);
        specimens.add(convolution(specimen("convolution WINOGRAD, not finite", false, 2).notFinite(),
                ConvolutionMethod.WINOGRAD, 16, 32, square));
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

    /** Those for few outputs and for 3×3 have wants of their own. */
    private void convolutions() {
        ConvolutionWindow wide = new ConvolutionWindow(2, 3, 2, 1, 1, 2);
        ConvolutionWindow square = new ConvolutionWindow(3, 3, 1, 1, 1, 1);
        convolution(ConvolutionMethod.PLAIN, 3, 5, wide);
        convolution(ConvolutionMethod.PIPELINE, 3, 5, wide);
        convolution(ConvolutionMethod.DIRECT, 3, 21, wide);
        convolution(ConvolutionMethod.DIRECT, 2, 5, square);
        convolution(ConvolutionMethod.NARROW, 16, 3, wide);
        convolution(ConvolutionMethod.NARROW, 16, 1, square);
        convolution(ConvolutionMethod.WINOGRAD, 16, 32, square);
    }

    private void convolution(ConvolutionMethod method, int inputs, int outputs, ConvolutionWindow window) {
        boolean isPlain = method == ConvolutionMethod.PLAIN || method == ConvolutionMethod.PIPELINE;
        specimens.add(convolution(specimen("convolution " + method + " to " + outputs, isPlain, 2), method, inputs,
                outputs, window));
    }

    /** Of 5×7 positions, in a padded image, from one that is as large as the window wants. */
    private static Specimen convolution(SpecimenBuilder builder, ConvolutionMethod method, int inputs, int outputs,
            ConvolutionWindow window) {
        ImageLayout to = new ImageLayout(outputs, 5, 7, 1, 2, 7, 10);
        boolean inTiles = method == ConvolutionMethod.WINOGRAD;
        ImageLayout from = ImageLayout.bare(inputs,
                inTiles ? ConvolutionMethod.reach(to.height()) : window.rowsFor(to.height()),
                inTiles ? ConvolutionMethod.reach(to.width()) : window.columnsFor(to.width()));
        return builder.convolution(method, from, to, window);
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
        specimens.add(specimen("pointwise", true, 3).pointwise(37, tail -> new Pointwise(37, tail)));
        specimens.add(specimen("functions", true, 2).functions(19, tail -> new Pointwise(19, tail)));
        for (Fold.Kind kind : Fold.Kind.values()) {
            specimens.add(specimen("fold " + kind, true, 2).fold(kind, 19, 5,
                    tail -> new Fold(kind, 19, 5, tail)));
        }
    }
}
