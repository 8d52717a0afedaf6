package org.reluctor.devicetests.peers;

import static org.reluctor.opencl.operation.WeightFormat.BFLOAT16;
import static org.reluctor.opencl.operation.WeightFormat.FLOAT16;
import static org.reluctor.opencl.operation.WeightFormat.FLOAT32;
import static org.reluctor.opencl.operation.WeightFormat.INT8;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reluctor.opencl.operation.WeightFormat;

/** The networks that are measured, in the table's order; each is built when its turn comes. */
final class Catalogue {
    /**
     * A network and how it is measured.
     *
     * @param name    on the command line; the sparse kind of a network has the dense one's name
     * @param sparse  whether most of its activations are zero
     * @param trials  of it
     * @param subject builds it
     */
    record Entry(String name, boolean sparse, List<Trial> trials, Supplier<Subject> subject) {
        private Entry with(List<Trial> others) {
            return new Entry(name, sparse, others, subject);
        }
    }

    /**
     * One row of the table.
     *
     * @param batch   frames
     * @param weights as our engine stores them
     */
    record Trial(int batch, WeightFormat weights) {
    }

    static final List<Entry> ENTRIES = List.of(
            lista(256, 64, 8, 1, trials(1, 8)), lista(256, 64, 8, ListaNetwork.SPARSE, trials(1, 8)),
            lista(512, 128, 16, 1, trials(1, 64, BFLOAT16, FLOAT16)),
            lista(512, 128, 16, ListaNetwork.SPARSE, trials(1, 64)),
            lista(1089, 272, 16, 1, trials(1, 64, BFLOAT16, FLOAT16, INT8)),
            lista(1089, 272, 16, ListaNetwork.SPARSE, trials(1, 64)),
            new Entry("ista-net-plus", false, trials(1, 64, BFLOAT16, FLOAT16), IstaNetPlusNetwork::build),
            new Entry("opine-net-plus", false, List.of(new Trial(1, FLOAT32)), () -> OpineNetPlusNetwork.build(256)),
            new Entry("ecg", false, trials(1, 64), EcgNetwork::build));

    private Catalogue() {
    }

    private static Entry lista(int n, int m, int k, double activity, List<Trial> trials) {
        return new Entry("lista-" + n, activity < 1, trials, () -> ListaNetwork.build(n, m, k, activity));
    }

    /** Two batch sizes as the network is, and the first of them with its weights stored otherwise. */
    private static List<Trial> trials(int batch, int larger, WeightFormat... formats) {
        Stream<Trial> asIs = Stream.of(new Trial(batch, FLOAT32), new Trial(larger, FLOAT32));
        return Stream.concat(asIs, Stream.of(formats).map(format -> new Trial(batch, format))).toList();
    }

    /** Names without repetition. */
    static List<String> names() {
        return ENTRIES.stream().map(Entry::name).distinct().toList();
    }

    /** What the options ask for, in this order: an entry's own trials, or those of the batches and formats named. */
    static List<Entry> chosen(PeerOptions options) {
        return ENTRIES.stream().filter(entry -> options.networks().contains(entry.name()))
                .filter(entry -> options.activities().contains(entry.sparse() ? "sparse" : "dense"))
                .map(entry -> entry.with(trials(entry, options))).toList();
    }

    private static List<Trial> trials(Entry entry, PeerOptions options) {
        if (options.batches().isEmpty() && options.weights().isEmpty()) {
            return entry.trials();
        }
        List<Integer> batches = options.batches().isEmpty()
                ? entry.trials().stream().map(Trial::batch).distinct().toList() : options.batches();
        List<WeightFormat> weights = options.weights().isEmpty() ? List.of(FLOAT32) : options.weights();
        return weights.stream().flatMap(format -> batches.stream().map(batch -> new Trial(batch, format))).toList();
    }
}
