package org.reluctor.certify.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Main;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.certify.property.ShrinkageNetworks;
import org.reluctor.network.OnnxWriter;

class CertifyCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;

    @BeforeEach
    void writeNetwork() throws Exception {
        model = folder.resolve("small.onnx");
        OnnxWriter.write(ShrinkageNetworks.random(new SplittableRandom(5), 6, 3), model);
    }

    private int run(String... arguments) {
        return Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void certify_ofASmallNetwork_writesWhatCheckCertificateProves() throws Exception {
        assertEquals(ExitStatus.OK, run("certify", "--model", model.toString(), "--amplitude", "-1,1", "--noise", "0.1",
                "--json"), err::toString);
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertEquals("range", result.get("property").textValue());
        assertEquals("proven", result.get("verdict").textValue());
        assertTrue(result.get("low").doubleValue() < result.get("high").doubleValue());
        Path certificate = folder.resolve("small.certificate.json");
        assertEquals(certificate.toString(), result.get("certificate").textValue());
        assertTrue(new ObjectMapper().readTree(certificate.toFile()).get("residualLimit").doubleValue() > 0);
        assertEquals(ExitStatus.OK, run("check-certificate", "--model", model.toString(), certificate.toString()));
    }

    @Test
    void checkCertificate_ofAnotherNetwork_failsInOneLine() throws Exception {
        run("certify", "--model", model.toString(), "--amplitude", "-1,1", "--steps", "0");
        Path other = folder.resolve("other.onnx");
        OnnxWriter.write(ShrinkageNetworks.random(new SplittableRandom(6), 6, 3), other);
        err.getBuffer().setLength(0);
        int status = run("check-certificate", "--model", other.toString(),
                folder.resolve("small.certificate.json").toString());
        assertEquals(ExitStatus.DATA, status);
        assertTrue(err.toString().contains("of another network"), err::toString);
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void certify_withoutAClassOrWithUnknownWords_saysWhatIsRight() throws Exception {
        assertEquals(ExitStatus.USAGE, run("certify", "--model", model.toString()));
        assertTrue(err.toString().contains("--amplitude LOW,HIGH"), err::toString);
        assertEquals(ExitStatus.USAGE, run("certify", "--model", model.toString(), "--amplitude", "-1,1",
                "--property", "beauty"));
        assertTrue(err.toString().contains("range, error, residual"), err::toString);
        assertEquals(ExitStatus.USAGE, run("certify", "--model", model.toString(), "--amplitude", "1,-1"));
        assertTrue(err.toString().contains("ascending"), err::toString);
        assertTrue(Files.notExists(folder.resolve("small.certificate.json")));
    }

    private Path property(String conditions) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < 3; at++) {
            text.append(String.format("(declare-const X_%1$d Real)(assert (and (>= X_%1$d -1) (<= X_%1$d 1)))%n", at));
        }
        for (int at = 0; at < 6; at++) {
            text.append("(declare-const Y_").append(at).append(" Real)\n");
        }
        return Files.writeString(folder.resolve("asked.vnnlib"), text + conditions);
    }

    @Test
    void certify_ofAPropertyFile_answersInBothVocabularies() throws Exception {
        assertEquals(ExitStatus.OK, run("certify", "--model", model.toString(), "--property",
                property("(assert (>= Y_0 1000))").toString(), "--seconds", "20", "--json"), err::toString);
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertEquals("holds", result.get("verdict").textValue());
        assertEquals("unsat", result.get("result").textValue());
        assertTrue(result.get("margin").doubleValue() > 0);
    }

    @Test
    void certify_ofAWrongPropertyFile_saysWhereInOneLine() throws Exception {
        assertEquals(ExitStatus.DATA, run("certify", "--model", model.toString(), "--property",
                property("(assert (>= Y_6 0))").toString()));
        assertTrue(err.toString().contains("asked.vnnlib: line 10, column 13: \"Y_6\" is beyond the network"),
                err::toString);
        assertEquals(1, err.toString().lines().count());
        assertEquals(ExitStatus.USAGE, run("certify", "--model", model.toString(), "--property", "a.vnnlib,range"));
        assertEquals(ExitStatus.NO_INPUT, run("certify", "--model", model.toString(), "--property",
                folder.resolve("none.vnnlib").toString()));
    }

    @Test
    void certify_withPlot_drawsBesideTheCertificate() throws Exception {
        Path picture = folder.resolve("bounds.svg");
        assertEquals(ExitStatus.OK, run("certify", "--model", model.toString(), "--amplitude", "-1,1", "--plot",
                picture.toString()), err::toString);
        assertTrue(Files.readString(picture).contains("<svg "));
        assertTrue(Files.exists(CertificateFiles.beside(model)));
    }

    /** What would be ignored is refused, all of it in one line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--frame y.npy --property probes | --property does not go with --frame, which takes --arithmetic, --frame,",
        "--search c.json --property probes | --property does not go with --search, which takes --cache, --device,",
        "--frame y.npy --search c.json | --search does not go with --frame",
        "--frame y.npy --steps 3 --seconds 9 --plot b.svg | --plot, --seconds, --steps do not go with --frame",
        "--frame y.npy --amplitude -1,1 | --amplitude does not go with --frame",
        "--search c.json --noise 1 -o x.json | --noise, --output do not go with --search",
        "--search c.json --arithmetic exact | --arithmetic does not go with --search",
        "--property p.vnnlib --plot b.svg | --plot does not go with --property FILE.vnnlib",
        "--property p.vnnlib --amplitude -1,1 | --amplitude does not go with --property FILE.vnnlib",
        "--amplitude -1,1 --time | --time does not go with a certificate",
        "--amplitude -1,1 --weights int8 | --weights does not go with a certificate",
        "--amplitude -1,1 --device cpu --program p.bin | --device, --program do not go with a certificate",
        "--frame y.npy --cache c --state s | --cache, --state do not go with --frame, which takes",
        "--frame y.npy --time --steps 3 | --steps does not go with --frame with --time, which takes --arithmetic,",
        "--amplitude -1,1 --basis b.npy | --basis goes with --coefficients FILE, not with --amplitude",
        "--amplitude -1,1 --starts 9 --seed 2 | --seed, --starts do not go with a certificate"})
    void certify_withOptionsThatDoNotGoTogether_saysSo(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("certify", "--model", model.toString()));
        arguments.addAll(List.of(options.split(" ")));
        assertEquals(ExitStatus.USAGE, run(arguments.toArray(String[]::new)));
        assertTrue(err.toString().contains(message), err::toString);
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void certify_thatHadNoTime_isGoneOnWithByTheSameCommand() throws Exception {
        Path unfinished = folder.resolve("small.certificate.json.unfinished");
        String[] command = {"certify", "--model", model.toString(), "--amplitude", "-1,1", "--noise", "0.1"};
        assertEquals(ExitStatus.OK, run(command), err::toString);
        assertTrue(Files.notExists(unfinished), "nothing is left of a search that was complete");
        byte[] right = Files.readAllBytes(CertificateFiles.beside(model));
        assertEquals(ExitStatus.OK, run("certify", "--model", model.toString(), "--amplitude", "-1,1", "--noise",
                "0.1", "--seconds", "0"), err::toString);
        assertTrue(err.toString().contains("the search was not complete"), err::toString);
        assertTrue(Files.exists(unfinished));
        assertEquals(ExitStatus.OK, run(command), err::toString);
        assertTrue(err.toString().contains("goes on with"), err::toString);
        assertArrayEquals(right, Files.readAllBytes(CertificateFiles.beside(model)));
        assertTrue(Files.notExists(unfinished));
    }

    @Test
    void certify_besideAnUnfinishedSearchOfAnotherQuestion_leavesThatSearch() throws Exception {
        Path unfinished = folder.resolve("small.certificate.json.unfinished");
        assertEquals(ExitStatus.OK, run("certify", "--model", model.toString(), "--amplitude", "-1,1", "--seconds",
                "0"), err::toString);
        byte[] kept = Files.readAllBytes(unfinished);
        err.getBuffer().setLength(0);
        assertEquals(ExitStatus.DATA, run("certify", "--model", model.toString(), "--amplitude", "-1,2"));
        assertEquals(unfinished + ": is of another question; remove it, or name another --output",
                err.toString().strip().replaceFirst("^reluctor: ", ""));
        assertArrayEquals(kept, Files.readAllBytes(unfinished));
    }

    @Test
    void certify_whereNothingCanBeKept_saysWhyAndGoesOn() throws Exception {
        Path unfinished = Files.createDirectory(folder.resolve("small.certificate.json.unfinished"));
        assertEquals(ExitStatus.OK, run("certify", "--model", model.toString(), "--amplitude", "-1,1"), err::toString);
        assertTrue(err.toString().contains(unfinished + ": nothing can be kept of a search that is not complete: "),
                err::toString);
        assertTrue(Files.exists(CertificateFiles.beside(model)));
    }

    /** A device that is always full stands for a disk that is. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void certify_whereTheDiskIsFull_saysWhy() throws Exception {
        Path unfinished = folder.resolve("small.certificate.json.unfinished");
        Files.createSymbolicLink(unfinished, Path.of("/dev/full"));
        assertEquals(ExitStatus.CANNOT_CREATE, run("certify", "--model", model.toString(), "--amplitude", "-1,1"));
        assertEquals("reluctor: " + unfinished + ": cannot be used to keep what is proven: No space left on device",
                err.toString().lines().reduce((first, last) -> last).orElseThrow());
    }
}
