package org.reluctor.learn.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Signals that were recorded together, from whatever kind of file. Immutable but for the shared samples.
 *
 * @param name     of the record, by which options call it
 * @param subject  who or what was recorded: a split never parts the records of one subject
 * @param rateHz   samples a second and channel; NaN where the file does not say
 * @param channels at least one, all of one length
 */
public record Recording(String name, String subject, double rateHz, List<Channel> channels) {
    public Recording {
        channels = List.copyOf(channels);
        int length = channels.get(0).samples().length;
        for (Channel channel : channels) {
            if (channel.samples().length != length) {
                throw new IllegalArgumentException("record " + name + " has channels of " + length + " and "
                        + channel.samples().length + " samples");
            }
        }
    }

    /** Samples a channel. */
    public int length() {
        return channels.get(0).samples().length;
    }

    /**
     * One channel, counted from 0.
     *
     * @throws DataFormatException if there is none of that number
     */
    public Channel channel(int index) {
        if (index < 0 || index >= channels.size()) {
            throw new DataFormatException("record " + name + " has " + channels.size() + " signals; signal " + index
                    + " (counted from 0) is not among them");
        }
        return channels.get(index);
    }

    /**
     * One channel as a recording of its own, called {@code name:index}: axes of an accelerometer are signals alike.
     *
     * @throws DataFormatException if there is none of that number
     */
    public Recording alone(int index) {
        return new Recording(name + ":" + index, subject, rateHz, List.of(channel(index)));
    }

    /** A WFDB record; samples that were not valid become NaN. */
    public static Recording of(WfdbRecord record) {
        List<Channel> channels = new ArrayList<>();
        for (int signal = 0; signal < record.signals().size(); signal++) {
            WfdbSignal meaning = record.signals().get(signal);
            int[] raw = record.samples(signal);
            int invalid = record.invalid(signal);
            float[] samples = new float[raw.length];
            for (int at = 0; at < raw.length; at++) {
                samples[at] = raw[at] == invalid ? Float.NaN : raw[at];
            }
            channels.add(new Channel(meaning.description(), meaning.units(), meaning.baseline(), meaning.gain(),
                    samples));
        }
        return new Recording(record.name(), Subjects.ofRecord(record.name()), record.sampleRateHz(), channels);
    }
}
