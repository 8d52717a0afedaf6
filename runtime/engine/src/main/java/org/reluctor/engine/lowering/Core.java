package org.reluctor.engine.lowering;

/** What a step begins with, before its pointwise tail. */
public sealed interface Core permits MatrixFactor, ConvolutionFactor, FoldFactor {
}
