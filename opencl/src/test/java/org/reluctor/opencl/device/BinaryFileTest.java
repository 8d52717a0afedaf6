package org.reluctor.opencl.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BinaryFileTest {
    private static final byte[] KEY = key(1);
    private static final byte[] BINARY = "the driver's bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    @Test
    void decode_ofEncoded_givesTheBinary() {
        assertArrayEquals(BINARY, BinaryFile.decode(BinaryFile.encode(BINARY, KEY), KEY));
    }

    @Test
    void decode_cutAnywhere_isRefused() {
        byte[] file = BinaryFile.encode(BINARY, KEY);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(IllegalArgumentException.class, () -> BinaryFile.decode(cut, KEY));
        }
    }

    @Test
    void decode_anyBitFlipped_isRefused() {
        byte[] file = BinaryFile.encode(BINARY, KEY);
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(IllegalArgumentException.class, () -> BinaryFile.decode(flipped, KEY));
        }
    }

    @Test
    void decode_bytesAppended_isRefused() {
        byte[] file = BinaryFile.encode(BINARY, KEY);
        assertThrows(IllegalArgumentException.class,
                () -> BinaryFile.decode(Arrays.copyOf(file, file.length + 1), KEY));
    }

    @Test
    void decode_underAnotherKey_saysWhatItWasBuiltFor() {
        byte[] file = BinaryFile.encode(BINARY, KEY);
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class,
                () -> BinaryFile.decode(file, key(2)));
        assertTrue(thrown.getMessage().contains("device or driver"), thrown.getMessage());
    }
}
