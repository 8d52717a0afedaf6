package org.reluctor.devicetests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;

/** Who may see whom. README.md draws the same picture for people. */
@AnalyzeClasses(packages = "org.reluctor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule OPENCL_KNOWS_NO_OTHER_MODULE = module("opencl");

    @ArchTest
    static final ArchRule NETWORK_KNOWS_NO_OTHER_MODULE = module("network");

    @ArchTest
    static final ArchRule STREAM_KNOWS_NO_OTHER_MODULE = module("stream");

    @ArchTest
    static final ArchRule ENGINE_KNOWS_NETWORK_AND_OPENCL = module("engine", "network", "opencl");

    @ArchTest
    static final ArchRule APP_KNOWS_THE_FOUR_BELOW = module("app", "network", "engine", "opencl", "stream");

    @ArchTest
    static final ArchRule DEMO_KNOWS_APP_AND_STREAM = module("demo", "app", "stream", "network");

    @ArchTest
    static final ArchRule PLOT_KNOWS_NO_OTHER_MODULE = module("plot");

    @ArchTest
    static final ArchRule LEARN_KNOWS_NETWORK_ENGINE_DEVICE_COMMANDS_AND_PLOT =
            module("learn", "network", "engine", "opencl", "app", "plot");

    @ArchTest
    static final ArchRule LEARN_SEES_ONLY_THE_COMMAND_LINE_OF_APP = noClasses().that().resideInAPackage(in("learn"))
            .should().dependOnClassesThat(inPackages("org.reluctor.app..").and(notIn("org.reluctor.app.command",
                    "org.reluctor.app", "org.reluctor.app.inference", "org.reluctor.app.json")));

    @ArchTest
    static final ArchRule CERTIFY_KNOWS_NETWORK_ENGINE_DEVICE_COMMANDS_AND_PLOT =
            module("certify", "network", "engine", "opencl", "app", "plot");

    @ArchTest
    static final ArchRule CERTIFY_SEES_ONLY_COMMANDS_AND_CERTIFICATE_FILES_OF_APP = noClasses().that()
            .resideInAPackage(in("certify")).should()
            .dependOnClassesThat(inPackages("org.reluctor.app..").and(notIn("org.reluctor.app.command",
                    "org.reluctor.app", "org.reluctor.app.certificate", "org.reluctor.app.inference",
                    "org.reluctor.app.json")));

    @ArchTest
    static final ArchRule LINEAR_SOLVERS_IN_ONE_PACKAGE =
            onlyIn("com.google.ortools..", "org.reluctor.certify.program");

    @ArchTest
    static final ArchRule JOCL_IN_THE_BINDING_ALONE = onlyIn("org.jocl..", "org.reluctor.opencl.binding");

    @ArchTest
    static final ArchRule PAHO_IN_ONE_PACKAGE = onlyIn("org.eclipse.paho..", "org.reluctor.stream.mqtt");

    @ArchTest
    static final ArchRule TAHU_IN_ONE_PACKAGE = onlyIn("org.eclipse.tahu..", "org.reluctor.app.sparkplug");

    @ArchTest
    static final ArchRule ONNX_MESSAGES_IN_NETWORK_ALONE = onlyIn("ai.onnx.proto..", "org.reluctor.network");

    @ArchTest
    static final ArchRule STREAM_USES_TWO_LIBRARIES = noClasses().that().resideInAPackage(in("stream")).should()
            .dependOnClassesThat(notIn("org.reluctor.stream..", "org.eclipse.paho..", "com.fasterxml.jackson.core..",
                    "java..", "javax.."));

    @ArchTest
    static final ArchRule OPENCL_USES_NO_OTHER_LIBRARY = noClasses().that().resideInAPackage(in("opencl")).should()
            .dependOnClassesThat(notIn("org.reluctor.opencl..", "org.jocl..", "java.."));

    @ArchTest
    static final ArchRule MODULES_FORM_NO_CIRCLE =
            SlicesRuleDefinition.slices().matching("org.reluctor.(*)..").should().beFreeOfCycles();

    /** A module may see itself, those named, and what is not ours. */
    private static ArchRule module(String name, String... visible) {
        String[] allowed = new String[visible.length + 1];
        allowed[0] = in(name);
        for (int i = 0; i < visible.length; i++) {
            allowed[i + 1] = in(visible[i]);
        }
        return noClasses().that().resideInAPackage(in(name)).should()
                .dependOnClassesThat(inPackages("org.reluctor..").and(notIn(allowed)));
    }

    private static ArchRule onlyIn(String library, String home) {
        return noClasses().that().resideOutsideOfPackage(home).and().resideInAPackage("org.reluctor..").should()
                .dependOnClassesThat().resideInAPackage(library);
    }

    private static String in(String module) {
        return "org.reluctor." + module + "..";
    }

    private static DescribedPredicate<JavaClass> inPackages(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> notIn(String... packages) {
        return DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages))
                .as("not in " + Arrays.toString(packages));
    }
}
