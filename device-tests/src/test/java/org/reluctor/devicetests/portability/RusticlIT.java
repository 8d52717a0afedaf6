package org.reluctor.devicetests.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.network.OperatorsRun;

/** Another vendor's compiler and runtime, Mesa's on the CPU: forms for any device must be right there, too. */
class RusticlIT {
    @TempDir
    Path folder;

    @Test
    void catalogue_ofFormsForAnyDevice_isRight() throws Exception {
        DriverProcess.Said said = DriverProcess.RUSTICL.run(folder, CatalogueRun.class,
                folder.resolve("cache").toString(), Selection.PLAIN.name()).expectGood();
        assertEquals(List.of(), said.lines("wrong"));
        assertEquals(Selection.PLAIN.specimens().size(), said.lines("right").size());
        assertTrue(said.lines("device").get(0).contains("rusticl"), said.out().toString());
    }

    @Test
    void operators_inFormsForAnyDevice_equalTheReference() throws Exception {
        DriverProcess.Said said = DriverProcess.RUSTICL.run(folder, OperatorsRun.class,
                folder.resolve("cache").toString()).expectGood();
        assertEquals(List.of(), said.lines("wrong"));
        assertTrue(said.lines("right").size() > 30, said.out().toString());
    }
}
