package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Picture;

/** Many small pictures in a file, compressed or not. */
class IdxFuzzTest {
    /** A byte of gzip stands for up to a thousand pixels, which take some bytes each. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(1 << 20, 20_000, DataFormatException.class);

    static Stream<byte[]> seeds() throws IOException {
        byte[] images = ByteBuffer.allocate(16 + 12).putInt(0x0803).putInt(2).putInt(2).putInt(3).array();
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(images);
        }
        return Stream.of(images, zipped.toByteArray(), ByteBuffer.allocate(12).putInt(0x0801).putInt(4).array());
    }

    @MethodSource("seeds")
    @FuzzTest
    void idx(byte[] input) throws Exception {
        Path file = Scratch.file("given-images-idx3-ubyte", input);
        List<Picture> pictures = PROMISE.read(input.length,
                () -> DataFolder.open(file, DataKind.IDX).pictures("given"));
        if (pictures != null && pictures.isEmpty()) {
            throw new AssertionError("no picture and no refusal");
        }
    }
}
