package org.reluctor.learn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A recording of several signals in the WFDB format: a header ({@code .hea}) and its signal files ({@code .dat}) of the
 * formats 16 and 212. Lengths are checked before anything is decoded, and checksums after. Immutable.
 */
public final class WfdbRecord {
    private final WfdbHeader header;
    private final int[][] samples;

    private WfdbRecord(WfdbHeader header, int[][] samples) {
        this.header = header;
        this.samples = samples;
    }

    /**
     * Reads a record.
     *
     * @param headerFile the {@code .hea} file; signal files are looked for beside it
     * @throws DataFormatException if a file is missing, shorter than the header says, or cannot be understood
     */
    public static WfdbRecord read(Path headerFile) {
        WfdbHeader header = WfdbHeader.read(headerFile);
        Map<String, List<Integer>> signalsOfFile = new HashMap<>();
        for (int signal = 0; signal < header.signals().size(); signal++) {
            signalsOfFile.computeIfAbsent(header.signals().get(signal).fileName(), file -> new ArrayList<>())
                    .add(signal);
        }
        int[][] samples = new int[header.signals().size()][];
        signalsOfFile.forEach((file, signals) ->
                readFile(headerFile.resolveSibling(file), header, signals, samples));
        for (int signal = 0; signal < samples.length; signal++) {
            checkLength(headerFile, samples, signal);
            checkSum(headerFile, header.signals().get(signal), signal, samples[signal]);
        }
        return new WfdbRecord(header, samples);
    }

    private static void readFile(Path file, WfdbHeader header, List<Integer> signals, int[][] samples) {
        WfdbSignal first = header.signals().get(signals.get(0));
        for (int signal : signals) {
            WfdbSignal other = header.signals().get(signal);
            if (other.format() != first.format() || other.byteOffset() != first.byteOffset()) {
                throw new DataFormatException(file + ": the header gives its signals different formats or offsets;"
                        + " signals of one file must agree");
            }
        }
        SampleFormat format = SampleFormat.ofNumber(first.format()).orElseThrow();
        byte[] bytes = bytes(file);
        int length = lengthOfSignal(file, header, signals.size(), format, bytes.length - first.byteOffset());
        for (int place = 0; place < signals.size(); place++) {
            int[] decoded = new int[length];
            for (int at = 0; at < length; at++) {
                decoded[at] = format.decode(bytes, first.byteOffset(), at * signals.size() + place);
            }
            samples[signals.get(place)] = decoded;
        }
    }

    private static int lengthOfSignal(Path file, WfdbHeader header, int signals, SampleFormat format, long present) {
        long length = header.samples();
        if (length == 0) {
            length = Math.max(0, present) * 8 / (format.bytesFor(8) * signals);
        }
        long needed = format.bytesFor(length * signals);
        if (present < needed || length == 0) {
            throw new DataFormatException(file + ": " + Math.max(0, present) + " bytes of samples, but " + signals
                    + " signals of " + length + " samples in format " + format.number() + " need " + needed
                    + "; the file is cut off");
        }
        if (length * signals > Integer.MAX_VALUE) {
            throw new DataFormatException(file + ": " + length * signals + " samples are too many; at most "
                    + Integer.MAX_VALUE + " are read from one file");
        }
        return (int) length;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new DataFormatException(file + ": the signal file that the header names is not there; put it"
                    + " beside the header", missing);
        } catch (IOException failed) {
            throw new DataFormatException(file + ": cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** Where the header leaves the length open, each file says its own. */
    private static void checkLength(Path headerFile, int[][] samples, int signal) {
        if (samples[signal].length != samples[0].length) {
            throw new DataFormatException(headerFile + ": signal " + signal + " has " + samples[signal].length
                    + " samples, signal 0 has " + samples[0].length + "; all must have equally many");
        }
    }

    private static void checkSum(Path headerFile, WfdbSignal signal, int index, int[] samples) {
        if (signal.checksum() == null) {
            return;
        }
        int sum = 0;
        for (int sample : samples) {
            sum += sample;
        }
        if ((short) sum != signal.checksum().shortValue()) {
            throw new DataFormatException(headerFile + ": the samples of signal " + index + " in " + signal.fileName()
                    + " sum up to " + (short) sum + " in 16 bits, the header says " + signal.checksum()
                    + "; the file is damaged");
        }
    }

    /** The record's name, such as 208. */
    public String name() {
        return header.name();
    }

    public double sampleRateHz() {
        return header.sampleRateHz();
    }

    /** Samples a signal. */
    public int length() {
        return samples[0].length;
    }

    /** What the header says about the signals, in its order. */
    public List<WfdbSignal> signals() {
        return header.signals();
    }

    /** Samples of one signal as the converter gave them, as a copy. */
    public int[] samples(int signal) {
        return samples[Objects.checkIndex(signal, samples.length)].clone();
    }

    /** Whether that sample of a signal was valid. */
    public boolean isValid(int signal, int at) {
        return samples[signal][at] != invalid(signal);
    }

    /** The value that stands for a sample of that signal that was not valid. */
    int invalid(int signal) {
        return SampleFormat.ofNumber(signals().get(signal).format()).orElseThrow().invalid();
    }
}
