package org.reluctor.learn.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Main;
import org.reluctor.learn.data.WfdbFiles;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.PulseTrains;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

class TrainCommandTest {
    @TempDir
    private Path folder;
    private Path output;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeRecords() throws IOException {
        output = folder.resolve("small.onnx");
        for (Windows record : PulseTrains.records(5, 60, 64, 1)) {
            int[] samples = new int[record.samples().length];
            for (int at = 0; at < samples.length; at++) {
                samples[at] = 1024 + (int) record.samples()[at];
            }
            WfdbFiles.record16(folder, record.name(), samples);
        }
    }

    @Test
    void train_records_writesACompleteNetworkAndItsFigures() {
        assertEquals(ExitStatus.OK, train("--held-out", "s3,s4", "--exclude", "s0", "--json"), err::toString);
        RecoveryNetwork network = OnnxReader.read(output);
        NetworkMetadata metadata = network.metadata();
        assertEquals(64, metadata.n());
        assertEquals(20, metadata.m());
        assertEquals(360, metadata.sampleRateHz());
        assertEquals("mV", metadata.unit());
        assertEquals(1, metadata.version());
        assertEquals(0.25, metadata.inputScale(), "a power of two near the signals' root mean square");
        assertTrue(metadata.provenance().on().endsWith("s1 s2"), metadata.provenance().on());
        assertTrue(metadata.provenance().by().contains("--exclude s0 --held-out s3,s4"), metadata.provenance().by());
        assertFalse(metadata.provenance().by().contains(folder.toString()));
        assertTrue(metadata.provenance().figures().contains("on s3 s4"), metadata.provenance().figures());
        assertTrue(network.estimate().isPresent());
        assertTrue(out.toString().matches("\\{\"method\":\"analytic\",\"seconds\":.*\"constraint\":null,\"gap\":null,"
                + "\"validation\":\\{\"records\":\\[\\{\"name\":\"s3\".*\"sha256\":\"" + network.sha256() + "\".*}\\R"),
                out.toString());
    }

    @Test
    void train_twice_givesTheSameFile() throws IOException {
        assertEquals(ExitStatus.OK, train("--held-out", "s4"), err::toString);
        byte[] first = Files.readAllBytes(output);
        assertEquals(ExitStatus.OK, train("--held-out", "s4"), err::toString);
        assertArrayEquals(first, Files.readAllBytes(output));
        assertTrue(out.toString().contains("mean, float"), out.toString());
        assertTrue(err.toString().contains("phase 2 of 2: 32/32"), err.toString());
    }

    @Test
    void train_wrongArguments_oneMessageAndUsageStatus() {
        assertRefused(ExitStatus.USAGE, "a window of 64 samples and 9 levels", "--levels", "9");
        assertRefused(ExitStatus.USAGE, "right is from 1 to the window, 64", "--measurements", "65");
        assertRefused(ExitStatus.USAGE, "the stride is 0", "--stride", "0");
        assertRefused(ExitStatus.USAGE, "must be 0 or more", "--signal", "-1");
        assertRefused(ExitStatus.USAGE, "--rate goes with --method adam", "--rate", "0.1");
        assertRefused(ExitStatus.USAGE, "--penalty goes with --method al", "--penalty", "3");
        assertRefused(ExitStatus.USAGE, "--gates goes with --method convex", "--gates", "3");
        assertRefused(ExitStatus.USAGE, "give one of both", "--ratio", "0.5");
        assertRefused(ExitStatus.USAGE, "right is --matrix sparse or annealed", "--matrix", "gaussian", "--level-rows");
        assertRefused(ExitStatus.USAGE, "that matrix stays as it is", "--matrix-from", "phi.npy", "--level-rows");
        assertRefused(ExitStatus.USAGE, "draws sparse matrices of its own", "--level-rows");
        assertRefused(ExitStatus.USAGE, "draws sparse matrices of its own", "--matrix", "annealed");
    }

    @Test
    void train_wrongData_oneMessageAndDataStatus() throws IOException {
        assertRefused(ExitStatus.DATA, "no record 's9' to hold out", "--held-out", "s9");
        assertRefused(ExitStatus.DATA, "no record is left", "--exclude", "s0,s1,s2,s3,s4");
        assertRefused(ExitStatus.DATA, "signal 1", "--signal", "1");
        WfdbFiles.bytes(folder, "s2.dat", 1, 2, 3);
        assertRefused(ExitStatus.DATA, "s2.dat: 3 bytes of samples");
    }

    @Test
    void train_recordsOfTwoRates_areRefused() throws IOException {
        Path header = folder.resolve("s3.hea");
        Files.writeString(header, Files.readString(header).replace(" 360 ", " 250 "));
        assertRefused(ExitStatus.DATA, "record s3 has 250.0 Hz and the unit mV, record s0 has 360.0 Hz");
    }

    @Test
    void train_columnsOfTextAtNearlyOneRate_fileStatesTheirMeanAndTheGivenUnit() throws IOException {
        try (Stream<Path> records = Files.list(folder)) {
            for (Path record : records.toList()) {
                Files.delete(record);
            }
        }
        for (int subject = 0; subject < 3; subject++) {
            StringBuilder text = new StringBuilder("time,x\n");
            for (int at = 0; at < 1281; at++) {
                text.append(at * (0.01 + 0.0005 * subject)).append(',').append(Math.sin(at * 0.1 * (subject + 1)))
                        .append('\n');
            }
            Files.writeString(folder.resolve("s" + subject + "_01.csv"), text);
        }
        assertEquals(ExitStatus.OK, train("--held-out", "s2", "--unit", "m/s2"), err::toString);
        NetworkMetadata metadata = OnnxReader.read(output).metadata();
        assertEquals((100 + 1 / 0.0105) / 2, metadata.sampleRateHz(), 1e-9);
        assertEquals("m/s2", metadata.unit());
        assertTrue(metadata.provenance().on().contains("95.238 to 100.00 Hz: s0 s1"), metadata.provenance().on());
        assertTrue(metadata.provenance().by().contains("--unit m/s2"), metadata.provenance().by());
    }

    @Test
    void train_outputInAbsentFolder_isRefusedBeforeTheData() throws IOException {
        output = folder.resolve("absent").resolve("small.onnx");
        assertRefused(ExitStatus.CANNOT_CREATE, "name a file in an existing folder");
        output = Files.createDirectory(folder.resolve("small.onnx"));
        assertRefused(ExitStatus.CANNOT_CREATE, "small.onnx: cannot be created");
    }

    private void assertRefused(int status, String message, String... options) {
        err.getBuffer().setLength(0);
        assertEquals(status, train(options), err::toString);
        assertTrue(err.toString().contains(message), err.toString());
        assertFalse(err.toString().contains("\tat "), "no stack trace");
        assertFalse(Files.isRegularFile(output));
    }

    private int train(String... options) {
        Map<String, String> given = new LinkedHashMap<>(Map.of("--data", folder.toString(), "--output",
                output.toString(), "--window", "64", "--measurements", "20", "--seeds", "3", "--phases", "2",
                "--levels", "4", "--stride", "1"));
        List<String> line = new ArrayList<>(List.of("train", "--method", "analytic"));
        for (int at = 0; at < options.length; at++) {
            if (List.of("--json", "--level-rows").contains(options[at])) {
                line.add(options[at]);
            } else {
                given.put(options[at], options[++at]);
            }
        }
        given.forEach((option, value) -> line.addAll(List.of(option, value)));
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
    }
}
