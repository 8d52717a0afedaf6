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
import org.reluctor.opencl.operation.ConvolutionMethod;
import org.reluctor.opencl.operation.KernelText;
import org.reluctor.opencl.operation.Operation;

/** Nothing that can be launched is missing in the catalogue. */
class CatalogueTest {
    /** Whole-network forms order work-items by themselves, which checkers do not know; they have tests of their own. */
    private static final Set<String> APART = Set.of("cooperative.cl", "led.cl");

    /** They train on a bench, not in the field, and are no operations of networks; tests of their own check results. */
    private static final Set<String> OF_TRAINING = Set.of("adam.cl", "matrix_element.cl", "matrix_pack.cl",
            "matrix_product.cl", "matrix_sum.cl", "matrix_tiled.cl", "matrix_view.cl", "training_gather.cl",
            "training_sum.cl", "transpose.cl");

    @Test
    void specimens_ofAllOperations_areThere() {
        Set<String> operations = new ClassFileImporter().importPackages("org.reluctor.opencl.operation").stream()
                .filter(type -> type.isAssignableTo(Operation.class) && !type.isInterface()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(operations.size() >= 7, operations.toString());
        assertEquals(operations, Catalogue.specimens().stream()
                .map(specimen -> specimen.operation().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void specimens_ofAllMethodsOfTheConvolution_areThere() {
        List<String> texts = Catalogue.specimens().stream().map(Specimen::name).toList();
        for (ConvolutionMethod method : ConvolutionMethod.values()) {
            assertTrue(texts.stream().anyMatch(name -> name.startsWith("convolution " + method)), method.name());
        }
    }

    @Test
    void specimens_ofAllKernelFiles_areThere() throws IOException {
        List<String> texts = Catalogue.specimens().stream()
                .map(specimen -> KernelText.program(List.of(specimen.operation().text()))).toList();
        try (Stream<Path> files = Files.list(
                ProjectFiles.resolve("opencl/src/main/resources/org/reluctor/opencl/kernels"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String text = Files.readString(file);
                assertTrue(APART.contains(name) || OF_TRAINING.contains(name)
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
