package org.reluctor.opencl.operation;


/**
 * The form of a product's kernel and of its weights, which must be packed so ({@link Weights#pack}).
 *
 * @param kernel class of devices
 * @param format of the weights; float32 for the plain form
 * @param sparse whether the input is zero in most columns, which are then skipped for single frames; only for the panel
 *               form and finite weights: a zero times infinity would be NaN
 */
public record ProductForm(KernelForm kernel, WeightFormat format, boolean sparse) {
    /** The plain form. */
    public static final ProductForm PLAIN = new ProductForm(KernelForm.PLAIN, WeightFormat.FLOAT32, false);

    /** The form for GPUs. */
    public static ProductForm tiled(WeightFormat format) {
        return new ProductForm(KernelForm.TILED, format, false);
    }

    /** The form for FPGAs. */
    public static ProductForm pipeline(WeightFormat format) {
        return new ProductForm(KernelForm.PIPELINE, format, false);
    }

    /** The panel form for dense inputs. */
    public static ProductForm panel(WeightFormat format) {
        return new ProductForm(KernelForm.PANEL, format, false);
    }

    /** The panel form for inputs that are zero in most columns. */
    public static ProductForm sparse(WeightFormat format) {
        return new ProductForm(KernelForm.PANEL, format, true);
    }

    /** A form that does not read its format has no kernel. */
    public ProductForm {
        if (!kernel.reads(format)) {
            throw new IllegalArgumentException("no product of form " + kernel + " reads " + format + " weights");
        }
    }

    String macros() {
        return kernel == KernelForm.PLAIN ? "" : format.macros();
    }
}
