package org.reluctor.network;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tensors that a model keeps in other files. Only files within the model's own folder are opened, links followed and
 * held against the folder; what a tensor claims is held against the file's length before anything is allocated; all
 * together are bounded as the model file is. Their bytes enter the model's hash. Refusals are
 * {@link IllegalArgumentException}s.
 */
final class ExternalData {
    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path folder;
    private final MessageDigest hash;
    private long bytesLeft = OnnxReader.MOST_BYTES;

    /**
     * @param folder the model's, or null where the model came as bytes and has none
     * @param hash   to be fed with all bytes that are read
     */
    ExternalData(Path folder, MessageDigest hash) {
        this.folder = folder;
        this.hash = hash;
    }

    /** The tensor with its data in itself: as it is, or read from its file. */
    TensorProto fetch(TensorProto tensor) {
        boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
        if (!external || folder == null || OnnxTensors.width(tensor.getDataType()) == 0) {
            return tensor;
        }
        Map<String, String> keys = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            keys.put(entry.getKey(), entry.getValue());
        }
        String location = keys.getOrDefault("location", "");
        String place = "tensor " + Quote.of(tensor.getName()) + " keeps its data in " + Quote.of(location);
        try {
            ByteString data = read(tensor, locate(location, place), keys, place);
            return tensor.toBuilder().clearDataLocation().clearExternalData().setRawData(data).build();
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException(place + ", but there is no such file in the model's folder; put it"
                    + " there, or save the model without external data", absent);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(place + ", which cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private Path locate(String location, String place) throws IOException {
        Path home = folder.toRealPath();
        try {
            Path relative = Path.of(location).normalize();
            Path file = home.resolve(relative);
            boolean inside = !location.isEmpty() && !relative.isAbsolute() && file.startsWith(home)
                    && !relative.startsWith("..");
            if (inside && file.toRealPath().startsWith(home) && Files.isRegularFile(file)) {
                return file.toRealPath();
            }
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(place + ", which is no file's name", invalid);
        }
        throw new IllegalArgumentException(place + "; a file within the model's own folder is right, no link or path"
                + " that leads out of it");
    }

    private ByteString read(TensorProto tensor, Path file, Map<String, String> keys, String place)
            throws IOException {
        long claimed = OnnxTensors.claimedBytes(tensor);
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ_NO_LINK)) {
            long offset = number(keys.getOrDefault("offset", "0"), "offset", place);
            long length = number(keys.getOrDefault("length", "" + Math.max(0, channel.size() - offset)), "length",
                    place);
            if (offset > channel.size() || length > channel.size() - offset || length != claimed) {
                throw new IllegalArgumentException(place + ": it claims " + claimed + " bytes, " + length
                        + " from byte " + offset + " on are named, and the file has " + channel.size());
            }
            bytesLeft -= length;
            if (bytesLeft < 0) {
                throw new IllegalArgumentException(place + ", and with it all external data have more than "
                        + OnnxReader.MOST_BYTES + " bytes");
            }
            ByteBuffer data = ByteBuffer.allocate((int) length);
            channel.position(offset);
            readFully(channel, data);
            hash.update(data.array());
            return ByteString.copyFrom(data.flip());
        }
    }

    private static void readFully(SeekableByteChannel channel, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            if (channel.read(data) < 0) {
                throw new IOException("it ends after " + data.position() + " bytes");
            }
        }
    }

    private static long number(String text, String key, String place) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException(place + " with the " + key + " " + Quote.of(text)
                + "; a whole number of bytes is right");
    }
}
