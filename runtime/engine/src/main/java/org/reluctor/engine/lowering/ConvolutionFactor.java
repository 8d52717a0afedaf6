package org.reluctor.engine.lowering;

import org.reluctor.opencl.operation.ConvolutionWindow;
import org.reluctor.opencl.operation.ImageLayout;

/**
 * The constants of a convolution.
 *
 * @param weights [output][input of its group][tap]
 * @param window  what is summed up
 * @param input   layout of what it is applied to, padding included
 * @param output  layout of its results
 */
public record ConvolutionFactor(float[] weights, ConvolutionWindow window, ImageLayout input, ImageLayout output)
        implements Core {
}
