package org.reluctor.app.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * What the process that tries a network is told: the very bytes that were verified, and where they are to run.
 *
 * @param file     where the bytes were read, for messages
 * @param content  of the ONNX file
 * @param shape    dimensions of its input behind the batch; empty for those that the file fixes
 * @param device   to run it on
 * @param maxBatch most frames of a batch
 */
record TrialRequest(Path file, byte[] content, List<Integer> shape, Configuration.Device device, int maxBatch) {
    void write(DataOutputStream out) throws IOException {
        out.writeUTF(file.toString());
        out.writeInt(shape.size());
        for (int dim : shape) {
            out.writeInt(dim);
        }
        out.writeUTF(device.select());
        out.writeUTF(device.cacheFolder().toString());
        out.writeUTF(device.stateFolder().toString());
        out.writeUTF(device.weights().name());
        out.writeUTF(device.program().map(Path::toString).orElse(""));
        out.writeInt(maxBatch);
        out.writeInt(content.length);
        out.write(content);
    }

    static TrialRequest read(DataInputStream in) throws IOException {
        Path file = Path.of(in.readUTF());
        List<Integer> shape = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            shape.add(in.readInt());
        }
        String select = in.readUTF();
        Path cache = Path.of(in.readUTF());
        Path state = Path.of(in.readUTF());
        WeightFormat weights = WeightFormat.valueOf(in.readUTF());
        Optional<Path> program = Optional.of(in.readUTF()).filter(text -> !text.isEmpty()).map(Path::of);
        int maxBatch = in.readInt();
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        return new TrialRequest(file, content, shape,
                new Configuration.Device(select, cache, state, weights, program), maxBatch);
    }
}
