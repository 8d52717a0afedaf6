package org.reluctor.learn.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.reluctor.network.Quote;

/** A recording as uncompressed sound (RIFF/WAVE, PCM of 8, 16 or 24 bits), in parts of full scale, −1 to 1. */
final class WavRecording {
    private static final int LARGEST_BYTES = 3;

    private WavRecording() {
    }

    /**
     * Reads a sound file.
     *
     * @throws DataFormatException if it cannot be read, is compressed, or is shorter than it says
     */
    static Recording read(Path file) {
        String name = DataKind.WAV.stem(file.getFileName().toString());
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            AudioFormat format = in.getFormat();
            check(file, format);
            long expected = in.getFrameLength() * format.getFrameSize();
            byte[] bytes = wholeFrames(in, Files.size(file));
            if (bytes.length < expected) {
                throw new DataFormatException(file + ": " + bytes.length + " bytes of samples, but its header says "
                        + expected + "; the file is cut off");
            }
            if (bytes.length == 0) {
                throw new DataFormatException(file + ": not one sample of its " + format.getChannels()
                        + " channels is in the file; at least one is needed");
            }
            return new Recording(name, name, format.getSampleRate(), channels(format, bytes));
        } catch (UnsupportedAudioFileException unknown) {
            throw new DataFormatException(file + ": no WAV file that can be read ("
                    + Quote.bare(String.valueOf(unknown.getMessage())) + "); save it as PCM of 16 bits", unknown);
        } catch (IOException failed) {
            throw new DataFormatException(file + ": cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** The Java platform's own loop for all bytes never ends where less than one frame is left. */
    private static byte[] wholeFrames(AudioInputStream in, long fileBytes) throws IOException {
        int frame = in.getFormat().getFrameSize();
        byte[] bytes = new byte[(int) (Math.min(fileBytes, Integer.MAX_VALUE - Short.MAX_VALUE) / frame * frame)];
        int count = 0;
        int read = 1;
        while (count < bytes.length && read > 0) {
            read = in.read(bytes, count, bytes.length - count);
            count += Math.max(0, read);
        }
        return Arrays.copyOf(bytes, count / frame * frame);
    }

    private static void check(Path file, AudioFormat format) {
        boolean pcm = format.getEncoding() == AudioFormat.Encoding.PCM_SIGNED
                || format.getEncoding() == AudioFormat.Encoding.PCM_UNSIGNED;
        int bits = format.getSampleSizeInBits();
        boolean framed = format.getChannels() >= 1 && format.getFrameSize() * Byte.SIZE == format.getChannels() * bits;
        if (!pcm || !framed || bits % Byte.SIZE != 0 || bits < Byte.SIZE || bits > LARGEST_BYTES * Byte.SIZE) {
            throw new DataFormatException(file + ": the samples are " + format.getEncoding() + " of " + bits
                    + " bits in " + format.getChannels() + " channels; PCM of 8, 16 or 24 bits is read: convert it");
        }
    }

    private static List<Channel> channels(AudioFormat format, byte[] bytes) {
        int width = format.getFrameSize() / format.getChannels();
        int frames = bytes.length / format.getFrameSize();
        boolean unsigned = format.getEncoding() == AudioFormat.Encoding.PCM_UNSIGNED;
        double full = 1 << Byte.SIZE * width - 1;
        ByteBuffer buffer = ByteBuffer.wrap(bytes)
                .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<Channel> channels = new ArrayList<>();
        for (int channel = 0; channel < format.getChannels(); channel++) {
            float[] samples = new float[frames];
            for (int at = 0; at < frames; at++) {
                samples[at] = sample(buffer, (at * format.getChannels() + channel) * width, width, unsigned);
            }
            channels.add(new Channel("channel " + channel, "1", unsigned ? full : 0, full, samples));
        }
        return channels;
    }

    private static int sample(ByteBuffer buffer, int at, int width, boolean unsigned) {
        int value = 0;
        for (int i = 0; i < width; i++) {
            int place = buffer.order() == ByteOrder.BIG_ENDIAN ? at + i : at + width - 1 - i;
            value = value << Byte.SIZE | buffer.get(place) & 0xFF;
        }
        int unused = Integer.SIZE - Byte.SIZE * width;
        return unsigned ? value : value << unused >> unused;
    }
}
