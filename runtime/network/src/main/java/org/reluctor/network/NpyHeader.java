package org.reluctor.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Head of a .npy file: a magic number, a version, and a Python dictionary of three entries with element type, order
 * and dimensions. Read by pattern, so nothing is ever evaluated.
 */
record NpyHeader(NpyElement element, int[] shape, long dataOffset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST_DIMENSIONS = 32;
    /** Data begins at a multiple of this, as NumPy writes it. */
    private static final int ALIGNMENT = 64;

    private static final Pattern DICTIONARY = Pattern.compile("\\s*\\{(.*)\\}\\s*", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]{0,40})['\"]");
    private static final Pattern STRUCTURED = Pattern.compile("['\"]descr['\"]\\s*:\\s*\\[");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^()]*)\\)");

    /** Number of elements; {@link Long#MAX_VALUE} for more than that. */
    long elements() {
        return ReshapeRule.product(shape, 0, shape.length);
    }

    /**
     * Reads the head and leaves the channel at the first element.
     *
     * @throws IllegalArgumentException for what is no .npy file or not one that can be used
     */
    static NpyHeader read(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, start.limit(8));
        byte[] magic = new byte[MAGIC.length];
        start.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException("is no .npy file: it does not begin with \\x93NUMPY");
        }
        int version = start.get();
        if (version < 1 || version > 3) {
            throw new IllegalArgumentException("is of .npy version " + version + "; 1, 2 and 3 are read");
        }
        int lengthBytes = version == 1 ? 2 : 4;
        fill(channel, start.clear().limit(lengthBytes));
        long length = lengthBytes == 2 ? start.getShort() & 0xFFFF : start.getInt() & 0xFFFFFFFFL;
        if (length > MOST_BYTES) {
            throw new IllegalArgumentException("claims a header of " + length + " bytes; " + MOST_BYTES
                    + " is the most");
        }
        ByteBuffer text = ByteBuffer.allocate((int) length);
        fill(channel, text);
        return parse(new String(text.array(), StandardCharsets.UTF_8), channel.position());
    }

    private static NpyHeader parse(String header, long dataOffset) {
        if (!DICTIONARY.matcher(header).matches()) {
            throw new IllegalArgumentException("has a header that is no dictionary: " + Quote.of(header));
        }
        if (STRUCTURED.matcher(header).find()) {
            throw new IllegalArgumentException("holds structured elements; plain numbers such as '<f4' are read");
        }
        if (find(ORDER, "fortran_order", header).equals("True")) {
            throw new IllegalArgumentException("is in Fortran order; save it with"
                    + " numpy.save(file, numpy.ascontiguousarray(array))");
        }
        NpyElement element = NpyElement.of(find(TYPE, "descr", header));
        return new NpyHeader(element, shape(find(SHAPE, "shape", header)), dataOffset);
    }

    private static String find(Pattern pattern, String key, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException("has a header without a usable '" + key + "': "
                    + Quote.of(header.strip()));
        }
        return matcher.group(1);
    }

    private static int[] shape(String text) {
        String list = text.strip();
        if (list.isEmpty()) {
            return new int[0];
        }
        String[] parts = list.split(",");
        if (parts.length > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("has " + parts.length + " dimensions; " + MOST_DIMENSIONS
                    + " is the most");
        }
        return Arrays.stream(parts).mapToInt(NpyHeader::dimension).toArray();
    }

    private static int dimension(String part) {
        String digits = part.strip();
        if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("has a dimension " + Quote.of(digits)
                    + "; right is a whole number up to " + Integer.MAX_VALUE);
        }
        return Integer.parseInt(digits);
    }

    /** Fills the buffer up to its limit and flips it; a file that ends before is refused. */
    static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IllegalArgumentException("is cut off: it ends after " + channel.position() + " bytes");
            }
        }
        buffer.flip();
    }

    /** The head of a float32 array in C order, version 1, as NumPy would write it. */
    static byte[] encode(int[] shape) {
        String dims = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + dims
                + (shape.length == 1 ? ",), }" : "), }");
        int before = MAGIC.length + 4;
        int padding = ALIGNMENT - 1 - (before + dictionary.length()) % ALIGNMENT;
        byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(before + text.length).order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text).array();
    }
}
