package org.reluctor.learn.data;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.network.SplitMix64;

/**
 * Windows at random places of recordings, each times a random gain: batches of some records × some windows each. A
 * record counts the same whatever its length and amplitude, and a vector's weight undoes its gain, so that the weighted
 * error is relative to the record's power.
 */
public final class RecordingBatches implements BatchSource {
    private final List<Source> sources = new ArrayList<>();
    private final Options options;

    /**
     * What a batch is made of.
     *
     * @param window           samples a window, n
     * @param records          a batch, R; 0 for all of them, each once
     * @param windowsPerRecord G
     * @param gainSpread       s: gains are exp(U(−s, s)); 0 for none
     * @param seed             of places, records and gains
     */
    public record Options(int window, int records, int windowsPerRecord, double gainSpread, long seed) {
        public Options {
            require(window >= 1, "window", window, "1 or more samples");
            require(records >= 0, "number of records a batch", records, "0 (all) or more");
            require(windowsPerRecord >= 1, "number of windows a record", windowsPerRecord, "1 or more");
            require(gainSpread >= 0 && gainSpread <= 5, "spread of gains", gainSpread, "from 0 to 5");
        }

        private static void require(boolean holds, String what, Number value, String right) {
            if (!holds) {
                throw new IllegalArgumentException("the " + what + " is " + value + "; right is " + right);
            }
        }
    }

    private record Source(Channel channel, ValidStarts starts, double power) {
    }

    /**
     * @param recordings to draw from
     * @param channel    of each, counted from 0
     * @throws DataFormatException if there are no recordings, or one is shorter than a window or all zero
     */
    public RecordingBatches(List<Recording> recordings, int channel, Options options) {
        this.options = options;
        for (Recording recording : recordings) {
            sources.add(source(recording, recording.channel(channel)));
        }
        if (sources.isEmpty() || options.records > sources.size()) {
            throw new DataFormatException(sources.size() + " records to train on, a batch takes "
                    + Math.max(1, options.records) + "; give more records, or take fewer a batch");
        }
    }

    private Source source(Recording recording, Channel channel) {
        ValidStarts starts = new ValidStarts(channel, options.window);
        if (starts.count() == 0) {
            throw new DataFormatException("record " + recording.name() + " has " + recording.length()
                    + " samples and no " + options.window + " valid ones in a row; a window needs them");
        }
        double power = channel.power();
        if (power == 0) {
            throw new DataFormatException("record " + recording.name() + " holds nothing but zeros; leave it out");
        }
        return new Source(channel, starts, power);
    }

    @Override
    public int width() {
        return options.window;
    }

    @Override
    public int size() {
        return (options.records == 0 ? sources.size() : options.records) * options.windowsPerRecord;
    }

    @Override
    public int groupSize() {
        return options.windowsPerRecord;
    }

    @Override
    public void fill(long step, float[] signals, float[] weights) {
        SplitMix64 random = StepSeed.random(options.seed, step);
        int[] order = StepSeed.permutation(random, sources.size());
        for (int vector = 0; vector < size(); vector++) {
            Source source = sources.get(order[vector / options.windowsPerRecord]);
            int start = source.starts.at((int) random.bounded(source.starts.count()));
            double gain = StrictMath.exp(options.gainSpread * (2 * StepSeed.uniform(random) - 1));
            for (int at = 0; at < options.window; at++) {
                signals[vector * options.window + at] = (float) (gain * source.channel.value(start + at));
            }
            weights[vector] = (float) (1 / (gain * gain * source.power));
        }
    }
}
