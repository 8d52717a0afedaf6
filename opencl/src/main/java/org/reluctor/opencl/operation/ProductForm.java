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

    /** The panel form for dense inputs. */
    public static ProductForm panel(WeightFormat format) {
        return new ProductForm(KernelForm.PANEL, format, false);
    }

    /** The panel form for inputs that are zero in most columns. */
    public static ProductForm sparse(WeightFormat format) {
        return new ProductForm(KernelForm.PANEL, format, true);
    }

    String macros() {
        return kernel == KernelForm.PLAIN ? "" : format.macros();
    }
}
