package org.reluctor.devicetests.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.opencl.operation.Operation;

/** Nothing that can be launched is missing in the catalogue. */
class CatalogueTest {
    /** The whole-network form orders work-groups by itself, which checkers do not know; it has tests of its own. */
    private static final Set<String> APART = Set.of("cooperative.cl");
    /** Of frames in groups, a layout that is leaving. */
    private static final Set<String> LEAVING = Set.of("access_groups.cl", "access_lanes.cl", "fold_groups.cl",
            "gemm_panel.cl", "gemm_plain.cl", "pointwise_groups.cl");
    private static final Set<String> LEAVING_OPERATIONS = Set.of("Gemm");

    @Test
    void specimens_ofAllOperations_areThere() {
        Set<String> operations = new ClassFileImporter().importPackages("org.reluctor.opencl.operation").stream()
                .filter(type -> type.isAssignableTo(Operation.class) && !type.isInterface()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(operations.size() >= 7, operations.toString());
        operations.removeAll(LEAVING_OPERATIONS);
        assertEquals(operations, Catalogue.specimens().stream()
                .map(specimen -> specimen.operation().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void specimens_ofAllKernelFiles_areThere() throws IOException {
        List<String> texts = Catalogue.specimens().stream().map(specimen -> specimen.operation().text()).toList();
        try (Stream<Path> files = Files.list(
                ProjectFiles.resolve("opencl/src/main/resources/org/reluctor/opencl/kernels"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String text = Files.readString(file);
                assertTrue(APART.contains(name) || LEAVING.contains(name)
                        || texts.stream().anyMatch(program -> program.contains(text)), name + " is in no specimen");
            }
        }
    }

    @Test
    void specimens_byTheirNames_areTold() {
        List<String> names = Catalogue.specimens().stream().map(Specimen::name).toList();
        assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
    }
}
