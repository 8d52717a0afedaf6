package org.reluctor.network;

import java.util.Arrays;

/**
 * Operators that only bring elements to other places: Transpose, Slice, Split, Expand, Pad, Gather, DepthToSpace and
 * SpaceToDepth. Each is one table a dimension: how much a step along it adds to the place in the input, or nowhere,
 * where a padding stands. Also what a device needs that computes any of them by one copy through a table.
 */
public final class Movement {
    /** In a table of sources: no element of the input, but the padding's value. */
    public static final int NOWHERE = -1;

    private Movement() {
    }

    /**
     * For every element of one frame of an output, row-major, the place in one frame of the only input from which it
     * comes, or {@link #NOWHERE}.
     *
     * @param node   of Transpose, Slice, Split, Expand, Pad, DepthToSpace or SpaceToDepth
     * @param output which of its outputs; other than 0 only for Split
     * @throws IllegalArgumentException for a node of another operator
     */
    public static int[] sources(Node node, int output) {
        return sources(new Call(node.operator(), node.inputs(), node.attributes(), node.outputs().size()), output,
                oneFrame(node.inputs().get(0).shape()), oneFrame(node.outputs().get(output).shape()));
    }

    private static int[] oneFrame(Shape shape) {
        int[] dims = shape.toArray();
        if (shape.hasBatch()) {
            dims[0] = 1;
        }
        return dims;
    }

    /** The same for whole arrays of dimensions {@code from} and {@code to}. */
    static int[] sources(Call call, int output, int[] from, int[] to) {
        Attributes attributes = call.attributes();
        return switch (call.operator()) {
            case TRANSPOSE -> expand(transpose(attributes.integers("perm"), from));
            case SLICE -> expand(slice(attributes, from, to));
            case SPLIT -> expand(part(attributes, output, from, to));
            case EXPAND -> expand(stretch(from, to));
            case PAD -> expand(pad(attributes, from, to));
            case GATHER -> expand(gather(call, from));
            case DEPTH_TO_SPACE -> expand(depthToSpace(attributes, from));
            case SPACE_TO_DEPTH -> expand(spaceToDepth(attributes, from));
            default -> throw new IllegalArgumentException(call.operator() + " does more than to move elements");
        };
    }

    /** All sums of one entry from each table, the last table's fastest. */
    private static int[] expand(int[][] tables) {
        // Without elements, however many there would be along the other axes.
        if (Arrays.stream(tables).anyMatch(table -> table.length == 0)) {
            return new int[0];
        }
        int[] places = {0};
        for (int[] table : tables) {
            int[] next = new int[Math.multiplyExact(places.length, table.length)];
            int at = 0;
            for (int place : places) {
                for (int step : table) {
                    next[at++] = place == NOWHERE || step == NOWHERE ? NOWHERE : place + step;
                }
            }
            places = next;
        }
        return places;
    }

    /** {@code start}, {@code start + step}, … times {@code stride}. */
    private static int[] run(int count, long start, long step, int stride) {
        int[] table = new int[count];
        for (int at = 0; at < count; at++) {
            table[at] = (int) (start + at * step) * stride;
        }
        return table;
    }

    private static int[] strides(int[] dims) {
        int[] strides = new int[dims.length];
        int stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        return strides;
    }

    private static int[][] transpose(long[] perm, int[] from) {
        int[] strides = strides(from);
        return Arrays.stream(perm).mapToObj(axis -> run(from[(int) axis], 0, 1, strides[(int) axis]))
                .toArray(int[][]::new);
    }

    /** Every dimension as it is. */
    private static int[][] whole(int[] from) {
        int[] strides = strides(from);
        int[][] tables = new int[from.length][];
        for (int axis = 0; axis < from.length; axis++) {
            tables[axis] = run(from[axis], 0, 1, strides[axis]);
        }
        return tables;
    }

    private static int[][] slice(Attributes cuts, int[] from, int[] to) {
        int[][] tables = whole(from);
        int[] strides = strides(from);
        long[] axes = cuts.integers("axes");
        for (int at = 0; at < axes.length; at++) {
            int axis = (int) axes[at];
            tables[axis] = run(to[axis], cuts.integers("starts")[at], cuts.integers("steps")[at], strides[axis]);
        }
        return tables;
    }

    private static int[][] part(Attributes attributes, int output, int[] from, int[] to) {
        int[][] tables = whole(from);
        int axis = (int) attributes.integer("axis", 0);
        long start = Arrays.stream(attributes.integers("split")).limit(output).sum();
        tables[axis] = run(to[axis], start, 1, strides(from)[axis]);
        return tables;
    }

    private static int[][] stretch(int[] from, int[] to) {
        int[] strides = Broadcasting.strides(from, to);
        int[][] tables = new int[to.length][];
        for (int axis = 0; axis < to.length; axis++) {
            tables[axis] = run(to[axis], 0, 1, strides[axis]);
        }
        return tables;
    }

    private static int[][] gather(Call call, int[] from) {
        int[][] tables = whole(from);
        int axis = Axes.place("axis", call.attributes().integer("axis", 0), call.shape(0));
        int stride = strides(from)[axis];
        tables[axis] = Arrays.stream(call.inputs().get(1).integers())
                .mapToInt(index -> index(index, from[axis]) * stride).toArray();
        return tables;
    }

    private static int index(long index, int size) {
        if (index < -size || index >= size) {
            throw new IllegalArgumentException("asks for element " + index + " of " + size);
        }
        return (int) (index < 0 ? index + size : index);
    }

    private static int[][] pad(Attributes attributes, int[] from, int[] to) {
        int[] strides = strides(from);
        long[] pads = attributes.integers("pads");
        String mode = attributes.text("mode", "constant");
        int[][] tables = new int[from.length][];
        for (int axis = 0; axis < from.length; axis++) {
            int first = (int) Math.max(0, -pads[axis]);
            int last = (int) (from[axis] - 1 - Math.max(0, -pads[axis + from.length]));
            tables[axis] = new int[to[axis]];
            for (int at = 0; at < to[axis]; at++) {
                int place = padded((int) (at - pads[axis]), first, last, mode);
                tables[axis][at] = place == NOWHERE ? NOWHERE : place * strides[axis];
            }
        }
        return tables;
    }

    private static int padded(int place, int first, int last, String mode) {
        if (place >= first && place <= last) {
            return place;
        }
        return switch (mode) {
            case "edge" -> place < first ? first : last;
            case "reflect" -> place < first ? 2 * first - place : 2 * last - place;
            default -> NOWHERE;
        };
    }

    /**
     * From [b, c, h, w] to [b, c/k², h, k, w, k]. DCR takes the channels as [k, k, c/k²] (the depth slowest in the
     * block), CRD as [c/k², k, k].
     */
    private static int[][] depthToSpace(Attributes attributes, int[] from) {
        int block = (int) attributes.integer("blocksize", 1);
        int[] strides = strides(from);
        int channels = from[1] / (block * block);
        boolean depthFirst = attributes.text("mode", "DCR").equals("DCR");
        int column = depthFirst ? channels : 1;
        return new int[][] {run(from[0], 0, 1, strides[0]),
            run(channels, 0, 1, (depthFirst ? 1 : block * block) * strides[1]),
            run(from[2], 0, 1, strides[2]), run(block, 0, 1, block * column * strides[1]),
            run(from[3], 0, 1, strides[3]), run(block, 0, 1, column * strides[1])};
    }

    /** From [b, c, h, w] to [b, k, k, c, h/k, w/k]. */
    private static int[][] spaceToDepth(Attributes attributes, int[] from) {
        int block = (int) attributes.integer("blocksize", 1);
        int[] strides = strides(from);
        return new int[][] {run(from[0], 0, 1, strides[0]), run(block, 0, 1, strides[2]),
            run(block, 0, 1, strides[3]), run(from[1], 0, 1, strides[1]),
            run(from[2] / block, 0, block, strides[2]), run(from[3] / block, 0, block, strides[3])};
    }
}
