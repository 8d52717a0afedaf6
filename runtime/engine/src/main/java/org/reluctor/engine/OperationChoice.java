package org.reluctor.engine;

import org.reluctor.engine.lowering.ConvolutionFactor;
import org.reluctor.engine.lowering.FoldFactor;
import org.reluctor.engine.lowering.MatrixFactor;
import org.reluctor.engine.lowering.Step;
import org.reluctor.opencl.operation.Convolution;
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Fold;
import org.reluctor.opencl.operation.Gemm;
import org.reluctor.opencl.operation.Gemv;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.Operation;
import org.reluctor.opencl.operation.PipelineFold;
import org.reluctor.opencl.operation.PipelinePointwise;
import org.reluctor.opencl.operation.PipelineProduct;
import org.reluctor.opencl.operation.Pointwise;
import org.reluctor.opencl.operation.ProductForm;
import org.reluctor.opencl.operation.TiledGemm;
import org.reluctor.opencl.operation.TiledGemv;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * Which operation computes a step in the form that a device wants.
 *
 * @param kernels form of them
 * @param weights how products keep theirs
 */
record OperationChoice(KernelForm kernels, WeightFormat weights) {
    /** Fewer rows than half of a sparse panel are quicker with a dense product of 16 rows a panel. */
    private static final int SPARSE_FROM_ROWS = 64;
    /** Tokens of a single frame from which a tile that is not full is quicker than token by token. */
    private static final int PANEL_TILE_FROM = 3;
    /** The same for work-groups of a GPU, whose tiles are larger. */
    private static final int GROUP_TILE_FROM = 16;

    ProductForm form(MatrixFactor factor) {
        return switch (kernels) {
            case PANEL -> factor.sparse() && factor.rows() >= SPARSE_FROM_ROWS ? ProductForm.sparse(weights)
                    : ProductForm.panel(weights);
            case PLAIN -> ProductForm.PLAIN;
            case TILED -> ProductForm.tiled(weights);
            case PIPELINE -> ProductForm.pipeline(weights);
        };
    }

    /** {@code tiled}: for batches whose frames share tiles. */
    Operation product(MatrixFactor factor, Expression tail, boolean tiled) {
        ProductForm form = form(factor);
        int rows = factor.rows();
        int columns = factor.columns();
        int tokens = factor.tokens();
        return switch (kernels) {
            case PANEL -> tiled || tokens >= PANEL_TILE_FROM
                    ? new Gemm(form, rows, columns, tokens, tiled ? Gemm.TILE : 1, tail)
                    : new Gemv(form, rows, columns, tokens, tail);
            case PLAIN -> new Gemv(form, rows, columns, tokens, tail);
            case TILED -> tiled || tokens >= GROUP_TILE_FROM ? new TiledGemm(form, rows, columns, tokens, tail)
                    : new TiledGemv(form, rows, columns, tokens, tail);
            case PIPELINE -> new PipelineProduct(form, rows, columns, tokens, tail);
        };
    }

    ConvolutionMethod method(ConvolutionFactor factor) {
        return ConvolutionMethod.of(kernels, factor.input(), factor.output(), factor.window());
    }

    Operation convolution(ConvolutionFactor factor, Expression tail) {
        return new Convolution(method(factor), factor.input(), factor.output(), factor.window(), tail);
    }

    Operation fold(FoldFactor factor, Step step) {
        return kernels == KernelForm.PIPELINE
                ? new PipelineFold(factor.kind(), step.features(), factor.count(), step.expression())
                : new Fold(factor.kind(), step.features(), factor.count(), step.expression());
    }

    Operation pointwise(Step step) {
        return kernels == KernelForm.PIPELINE ? new PipelinePointwise(step.features(), step.expression())
                : new Pointwise(step.features(), step.expression());
    }
}
