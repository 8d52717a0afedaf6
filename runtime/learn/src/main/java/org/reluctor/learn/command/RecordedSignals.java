package org.reluctor.learn.command;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.RecordingBatches;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.NetworkMetadata;

/** Windows of recordings of one channel each, all of one unit and about one rate. */
final class RecordedSignals implements TrainingSignals {
    /** Clocks of phones are off by some percent. */
    private static final double TOLERANCE = 0.1;
    private static final int RECORDS_A_BATCH = 34;

    private final DataKind kind;
    private final List<Integer> signals;
    private final int window;
    private final String unit;
    private final Part training;
    private final Part choosing;
    private LinearYardstick statistics;

    /**
     * @param signals  of the records, counted from 0
     * @param unit     of signals whose files name none; empty where it is unknown
     * @param training what trains, at least one
     * @param choosing what chooses; where there is none, what trains does
     */
    RecordedSignals(DataKind kind, List<Integer> signals, int window, String unit, Part training, Part choosing) {
        this.kind = kind;
        this.signals = signals;
        this.window = window;
        this.unit = unit;
        this.training = training;
        this.choosing = choosing;
        training.recordings.forEach(this::requireAlike);
        choosing.recordings.forEach(this::requireAlike);
    }

    /**
     * Some of the recordings.
     *
     * @param names      in few words
     * @param recordings of one channel each
     */
    record Part(List<String> names, List<Recording> recordings) {
        Part {
            names = List.copyOf(names);
            recordings = List.copyOf(recordings);
        }

        @Override
        public String toString() {
            return String.join(" ", names);
        }
    }

    private void requireAlike(Recording recording) {
        Recording first = training.recordings.get(0);
        String unit = recording.channel(0).unit();
        String firstUnit = first.channel(0).unit();
        // Unknown rates differ from nothing.
        if (Math.abs(recording.rateHz() - first.rateHz()) > TOLERANCE * first.rateHz() || !unit.equals(firstUnit)) {
            throw new DataFormatException("record " + recording.name() + " has " + recording.rateHz()
                    + " Hz and the unit " + unit + ", record " + first.name() + " has " + first.rateHz() + " Hz and "
                    + firstUnit + "; one network is for one rate and one unit");
        }
        if (recording.length() < window) {
            throw new DataFormatException("record " + recording.name() + " has " + recording.length()
                    + " samples; a window needs " + window);
        }
    }

    @Override
    public int n() {
        return window;
    }

    @Override
    public int side() {
        return 0;
    }

    @Override
    public LinearYardstick statistics() {
        if (statistics == null) {
            statistics = LinearYardstick.ofRecordings(training.recordings, window);
        }
        return statistics;
    }

    @Override
    public GradientTrainer.Data batches(BatchOptions options, long seed) {
        int wanted = Math.max(1, options.size(false) / options.windows());
        int records = Math.min(training.recordings.size(), Math.min(RECORDS_A_BATCH, wanted));
        int windows = Math.max(1, options.size(false) / records);
        RecordingBatches batches = new RecordingBatches(training.recordings, 0,
                new RecordingBatches.Options(window, records, windows, options.gain(), seed));
        return new GradientTrainer.Data(batches, new RecordingBatches(atLeast(records), 0,
                new RecordingBatches.Options(window, records, windows, 0, seed + 1)));
    }

    /** What chooses, again and again until it fills a batch. */
    private List<Recording> atLeast(int records) {
        List<Recording> from = choosing.recordings.isEmpty() ? training.recordings : choosing.recordings;
        List<Recording> all = new ArrayList<>(from);
        while (all.size() < records || all.size() % from.size() != 0) {
            all.add(from.get(all.size() % from.size()));
        }
        return all;
    }

    @Override
    public Samples samples(int most) {
        int each = Math.max(1, most / training.recordings.size());
        List<Windows> windows = new ArrayList<>();
        for (Recording recording : training.recordings) {
            int count = recording.length() / window;
            windows.add(Windows.of(recording, 0, window, Math.max(1, (count + each - 1) / each)));
        }
        int count = windows.stream().mapToInt(Windows::count).sum();
        Samples all = Samples.zero(count, window);
        int done = 0;
        for (Windows some : windows) {
            System.arraycopy(some.samples(), 0, all.values(), done, some.samples().length);
            done += some.samples().length;
        }
        return all;
    }

    @Override
    public List<Windows> windows(int stride) {
        return training.recordings.stream().map(recording -> Windows.of(recording, 0, window, stride)).toList();
    }

    @Override
    public NetworkMetadata describe(NetworkMetadata metadata) {
        String own = training.recordings.get(0).channel(0).unit();
        double rateHz = rates().getCount() == 0 ? Double.NaN : rates().getAverage();
        return metadata.withSignal(rateHz, own.isEmpty() ? unit : own);
    }

    /** Of the recordings that know theirs. */
    private DoubleSummaryStatistics rates() {
        return training.recordings.stream().mapToDouble(Recording::rateHz).filter(rate -> rate > 0)
                .summaryStatistics();
    }

    @Override
    public String description() {
        String text = training.recordings.size() + " " + kind + " records, signal "
                + String.join(" ", signals.stream().map(String::valueOf).toList())
                + (kind == DataKind.WFDB ? ", (sample - baseline) / gain" : "") + spread() + ": " + training;
        return choosing.recordings.isEmpty() ? text : text + "; chosen by " + choosing;
    }

    /** Where rates differ, from the least to the greatest. */
    private String spread() {
        DoubleSummaryStatistics rates = rates();
        return rates.getMin() < rates.getMax()
                ? String.format(Locale.ROOT, ", %.5g to %.5g Hz", rates.getMin(), rates.getMax()) : "";
    }

    @Override
    public String summary() {
        int choose = choosing.recordings.size();
        return training.recordings.size() + " records train" + (choose == 0 ? "" : ", " + choose + " choose");
    }
}
