package org.reluctor.devicetests.portability;

import java.util.List;
import java.util.function.Predicate;
import org.reluctor.opencl.operation.Batching;

/** A part of the catalogue. */
enum Selection {
    /** All of it. */
    ALL(specimen -> true),
    /** Forms that are for any device, not only for CPUs. */
    PLAIN(Specimen::isPlain),
    /** Forms for FPGAs. */
    PIPELINE(specimen -> specimen.operation().batching() == Batching.SINGLE);

    private final Predicate<Specimen> part;

    Selection(Predicate<Specimen> part) {
        this.part = part;
    }

    List<Specimen> specimens() {
        return Catalogue.specimens().stream().filter(part).toList();
    }
}
