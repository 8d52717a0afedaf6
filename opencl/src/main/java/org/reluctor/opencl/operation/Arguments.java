package org.reluctor.opencl.operation;

import java.util.List;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.Kernel;

/**
 * What a launch works on.
 *
 * @param weights  packed by {@link Weights}; null where there is no product
 * @param input    of the product; null where there is none
 * @param operands in the expression's order
 * @param outputs  in the expression's order
 */
public record Arguments(DeviceBuffer weights, DeviceBuffer input, List<Operand> operands, List<DeviceBuffer> outputs) {
    public Arguments {
        operands = List.copyOf(operands);
        outputs = List.copyOf(outputs);
    }

    /**
     * One operand of an expression.
     *
     * @param buffer   elements; null for {@link Access#SCALAR}
     * @param map      int32 map for {@link Access#MAPPED}, otherwise null
     * @param features of a frame, for {@link Access#MAPPED}
     * @param scalar   for {@link Access#SCALAR}
     */
    public record Operand(DeviceBuffer buffer, DeviceBuffer map, int features, float scalar) {
        /** A tensor of the result's shape, or a constant for each feature. */
        public static Operand of(DeviceBuffer buffer) {
            return new Operand(buffer, null, 0, 0);
        }

        /** A number. */
        public static Operand of(float scalar) {
            return new Operand(null, null, 0, scalar);
        }

        /** A tensor of {@code features} a frame, read through {@code map}. */
        public static Operand mapped(DeviceBuffer buffer, DeviceBuffer map, int features) {
            return new Operand(buffer, map, features, 0);
        }
    }

    void bindTail(Kernel kernel, Expression expression) {
        if (operands.size() != expression.operands().size() || outputs.size() != expression.outputs()) {
            throw new IllegalArgumentException(kernel.name() + " takes " + expression.operands().size()
                    + " operands and " + expression.outputs() + " outputs, not " + operands.size() + " and "
                    + outputs.size());
        }
        for (int i = 0; i < operands.size(); i++) {
            bind(kernel, expression.operands().get(i), operands.get(i));
        }
        outputs.forEach(kernel::with);
    }

    private static void bind(Kernel kernel, Access access, Operand operand) {
        switch (access) {
            case SCALAR -> kernel.with(operand.scalar());
            case MAPPED -> kernel.with(operand.buffer()).with(operand.map()).with(operand.features());
            case FRAME, FEATURE -> kernel.with(operand.buffer());
            default -> throw new IllegalArgumentException(access.name());
        }
    }
}
