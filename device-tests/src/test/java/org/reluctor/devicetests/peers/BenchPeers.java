package org.reluctor.devicetests.peers;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/**
 * The program behind device-tests/bin/bench-peers: the engine against ONNX Runtime on the same networks, the same
 * frames and the same machine, in turn in one process, and both against the float64 reference. The peer has one thread,
 * all threads, and all threads that do not spin; the fastest of these counts.
 */
public final class BenchPeers {
    private static final Path KERNELS = Path.of("target", "kernel-cache");
    private static final int USAGE = 64;
    private static final int FAILED = 70;
    private static final int INEXACT = 1;
    /** Places among those measured in turn: ours, the floors, the peer with each of its settings. */
    private static final int FLOOR = 1;
    private static final int FLOOR_WOKEN = 2;
    private static final int FIRST_PEER = 3;

    private final PeerOptions options;
    private final DeviceSession session;
    /** By the ceilings, which are not known for good before the end. */
    private final List<Function<Ceilings, PeerRow>> rows = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    private BenchPeers(PeerOptions options, DeviceSession session) {
        this.options = options;
        this.session = session;
    }

    /** Exits with 1 where an error is over its limit, 70 where a row was not measured, 64 on a wrong command line. */
    public static void main(String[] args) throws IOException {
        PeerOptions options = null;
        try {
            options = PeerOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
        }
        PeerReport report;
        try (DeviceSession session = TestDevice.open(KERNELS)) {
            report = new BenchPeers(options, session).run();
        }
        System.out.println(options.json() ? report.json() : report.table());
        if (options.svg() != null) {
            Files.writeString(options.svg(), RatioChart.of(report));
        }
        System.exit(!report.failures().isEmpty() ? FAILED : report.inexact().isEmpty() ? 0 : INEXACT);
    }

    private PeerReport run() {
        double load = loadAverage();
        note("measuring the ceilings");
        Ceilings before = Ceilings.measure(session);
        for (Catalogue.Entry entry : Catalogue.chosen(options)) {
            note("building " + entry.name());
            measure(entry);
        }
        Ceilings ceilings = before.best(Ceilings.measure(session));
        return new PeerReport(session.device().toString(), OnnxRuntimePeer.version(), ceilings,
                rows.stream().map(row -> row.apply(ceilings)).toList(), failures, load, loadAverage());
    }

    /** A row that fails is told of and does not keep the others from being measured. */
    private void measure(Catalogue.Entry entry) {
        Subject subject = entry.subject().get();
        byte[] file = OnnxWriter.encode(subject.network());
        for (Catalogue.Trial trial : entry.trials()) {
            String title = entry.name() + ", batch " + trial.batch() + (entry.sparse() ? ", sparse" : "")
                    + ", " + trial.weights().name().toLowerCase(Locale.ROOT);
            note(title);
            try {
                rows.add(row(subject, file, trial));
            } catch (Exception | OutOfMemoryError e) {
                failures.put(title, e.toString());
                note(title + ": " + e);
            }
        }
    }

    private Function<Ceilings, PeerRow> row(Subject subject, byte[] file, Catalogue.Trial trial)
            throws Exception {
        RecoveryNetwork network = subject.network();
        int batch = trial.batch();
        float[] y = new RandomWeights(batch).uniform(1, (int) network.input().shape().elements(batch));
        try (EngineContender ours = new EngineContender(network, session, trial.weights(), y, batch);
                LaunchFloor floor = LaunchFloor.lowest(session, y.length, ours.signals().length);
                LaunchFloor woken = LaunchFloor.woken(session, y.length, ours.signals().length);
                Peers peers = new Peers(file, network, y, batch)) {
            List<Contender> contenders = new ArrayList<>(List.of(ours, floor, woken));
            contenders.addAll(peers.all());
            Interleaving.Outcome outcome = Interleaving.measure(contenders, options.seconds());
            List<Timings> timings = outcome.timings();
            int best = IntStream.range(FIRST_PEER, timings.size()).boxed()
                    .min(Comparator.comparingDouble(i -> timings.get(i).medianUs())).orElseThrow();
            RelativeError error = RelativeError.against(network, y, batch, subject.work().operations(1));
            PeerRow.Times times = times(outcome, best, contenders);
            Work work = subject.work().stored(trial.weights().bytes());
            double errorL2 = error.of(ours.signals());
            double peerError = error.of(peers.all().get(best - FIRST_PEER).signals());
            return ceilings -> new PeerRow(network.name(), batch, trial.weights(), subject.activity(), times,
                    PeerRow.Rates.of(work, batch, times.oursUs(), ceilings), errorL2, peerError);
        }
    }

    private static PeerRow.Times times(Interleaving.Outcome outcome, int best, List<Contender> contenders) {
        List<Timings> timings = outcome.timings();
        Timings ours = timings.get(0);
        Timings peer = timings.get(best);
        return new PeerRow.Times(ours.medianUs(), peer.medianUs(), contenders.get(best).name(),
                timings.get(FIRST_PEER).medianUs(), timings.get(FLOOR).medianUs(),
                timings.get(FLOOR_WOKEN).medianUs(), ours.ratio(peer, 0.25), ours.ratio(peer, 0.75), outcome.others());
    }

    /** The peer with each of its settings, one thread first. */
    private static final class Peers implements AutoCloseable {
        private final List<OnnxRuntimePeer> all = new ArrayList<>();

        Peers(byte[] file, RecoveryNetwork network, float[] y, int batch) throws OrtException {
            int threads = Runtime.getRuntime().availableProcessors();
            all.add(new OnnxRuntimePeer(file, network, y, batch, 1, true));
            if (threads > 1) {
                all.add(new OnnxRuntimePeer(file, network, y, batch, threads, true));
                all.add(new OnnxRuntimePeer(file, network, y, batch, threads, false));
            }
        }

        List<OnnxRuntimePeer> all() {
            return all;
        }

        @Override
        public void close() throws OrtException {
            for (OnnxRuntimePeer peer : all) {
                peer.close();
            }
        }
    }

    /** Of the machine, over the last minute. */
    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void note(String what) {
        System.err.println(what);
    }
}
