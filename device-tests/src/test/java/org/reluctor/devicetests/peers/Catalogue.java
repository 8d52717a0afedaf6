package org.reluctor.devicetests.peers;

import java.util.List;
import java.util.function.Supplier;

/** The networks that are measured, in the table's order; each is built when its turn comes. */
final class Catalogue {
    /**
     * A network and the sizes of its batches.
     *
     * @param name    on the command line; the sparse kind of a network has the dense one's name
     * @param batches frames
     * @param subject builds it
     */
    record Entry(String name, List<Integer> batches, Supplier<Subject> subject) {
    }

    static final List<Entry> ENTRIES = List.of(
            lista(256, 64, 8, 1, 1, 8), lista(256, 64, 8, ListaNetwork.SPARSE, 1, 8),
            lista(512, 128, 16, 1, 1, 64), lista(512, 128, 16, ListaNetwork.SPARSE, 1, 64),
            lista(1089, 272, 16, 1, 1, 64), lista(1089, 272, 16, ListaNetwork.SPARSE, 1, 64),
            new Entry("ista-net-plus", List.of(1, 64), IstaNetPlusNetwork::build),
            new Entry("opine-net-plus", List.of(1), () -> OpineNetPlusNetwork.build(256)),
            new Entry("ecg", List.of(1, 64), EcgNetwork::build));

    private Catalogue() {
    }

    private static Entry lista(int n, int m, int k, double activity, Integer... batches) {
        return new Entry("lista-" + n, List.of(batches), () -> ListaNetwork.build(n, m, k, activity));
    }

    /** Names without repetition. */
    static List<String> names() {
        return ENTRIES.stream().map(Entry::name).distinct().toList();
    }

    /** The entries of these names, in the catalogue's order. */
    static List<Entry> named(List<String> names) {
        return ENTRIES.stream().filter(entry -> names.contains(entry.name())).toList();
    }
}
