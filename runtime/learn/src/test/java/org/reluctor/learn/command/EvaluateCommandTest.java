package org.reluctor.learn.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Main;
import org.reluctor.learn.data.WfdbFiles;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.PulseTrains;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.Value;

/** The command by the float64 reference; on the device it is tried in device-tests. */
class EvaluateCommandTest {
    @TempDir
    private Path folder;
    private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void createFolder() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
    }

    private void writeRecords() throws IOException {
        for (Windows record : PulseTrains.records(4, 20, 16, 1)) {
            int[] samples = new int[record.samples().length - 3];
            for (int at = 0; at < samples.length; at++) {
                samples[at] = 1024 + (int) record.samples()[at];
            }
            WfdbFiles.record16(data, record.name(), samples);
        }
    }

    /** As {@link #half(int, double)}, for signals of the records' rate. */
    private Path half(int n) throws IOException {
        return half(n, 360);
    }

    /** Φ keeps the first half of the samples, and the network answers zeros for the others. */
    private Path half(int n, double rateHz) throws IOException {
        int m = n / 2;
        float[] entries = new float[m * n];
        for (int at = 0; at < m; at++) {
            entries[at * n + at] = 1;
        }
        NetworkBuilder graph = new NetworkBuilder("half");
        Value y = graph.input("y", m);
        Value phi = graph.constant("Phi", entries, m, n);
        graph.output(graph.matMul(y, graph.mul(phi, graph.constant("one", new float[] {1}))), "signal");
        Path file = folder.resolve("half.onnx");
        NetworkMetadata metadata = NetworkMetadata.of(n, m, 1).withScales(2, 2, 0).withSignal(rateHz, "mV")
                .withProvenance(Provenance.UNKNOWN.withParameters(17));
        OnnxWriter.write(graph.build(metadata, MeasurementMatrix.dense(m, n, entries)), file);
        return file;
    }

    private int evaluate(Path model, String... more) {
        List<String> words = new ArrayList<>(List.of("evaluate", "--model", model.toString(), "--data", data.toString(),
                "--reference"));
        words.addAll(List.of(more));
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }

    @Test
    void evaluate_records_givesFiguresByRecordAndCondition() throws IOException {
        writeRecords();
        assertEquals(ExitStatus.OK, evaluate(half(16), "--records", "s2,s1", "--linear", "--json", "--quantise",
                "int8,float", "--noise", "10"), err::toString);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(2, json.get("records").size());
        JsonNode record = json.get("records").get(0);
        assertEquals("s2", record.get("name").asText());
        assertEquals(-20 * Math.log10(record.get("prd").asDouble() / 100), record.get("snr").asDouble(), 1e-9);
        assertTrue(record.get("prdn").asDouble() >= record.get("prd").asDouble());
        assertTrue(record.has("prdLinear"));
        double mean = (record.get("prd").asDouble() + json.get("records").get(1).get("prd").asDouble()) / 2;
        assertEquals(mean, json.get("meanPrd").asDouble(), 1e-9);
        assertEquals(17, json.get("parameters").asInt());
        assertEquals(40, json.get("windows").asInt(), "the last window of 317 samples is aligned to the end");
        JsonNode conditions = json.get("conditions");
        assertEquals(4, conditions.size());
        assertEquals("int8", conditions.get(0).get("quantise").asText());
        assertTrue(conditions.get(0).get("noiseDb").isNull());
        assertEquals(10, conditions.get(3).get("noiseDb").asInt());
        assertTrue(conditions.get(3).get("meanPrd").asDouble() > conditions.get(2).get("meanPrd").asDouble(),
                "noise makes it worse");
        assertEquals("reference", json.get("device").asText());
    }

    @Test
    void evaluate_digits_givesPsnrAndSsimOfTheTestSet() throws IOException {
        for (String set : List.of("train", "t10k")) {
            ByteBuffer images = ByteBuffer.allocate(16 + 30 * 144).putInt(0x0803).putInt(30).putInt(12).putInt(12);
            for (int pixel = 0; pixel < 30 * 144; pixel++) {
                images.put((byte) (pixel * 37 % 251 * (pixel % 144 < 72 ? 1 : 0)));
            }
            Files.write(data.resolve(set + "-images-idx3-ubyte"), images.array());
        }
        assertEquals(ExitStatus.OK, evaluate(half(144), "--json", "--linear"), err::toString);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(30, json.get("images").size());
        assertEquals("t10k-0", json.get("images").get(0).get("name").asText());
        assertEquals(100, json.get("meanPsnr").asDouble(), 1e-9, "the half that is kept is all there is");
        assertEquals(1, json.get("meanSsim").asDouble(), 1e-6);
        assertTrue(json.has("meanPsnrLinear"));
    }

    @Test
    void evaluate_largePhotograph_isReducedCutIntoBlocksAndPutTogether() throws IOException {
        BufferedImage photograph = new BufferedImage(81, 65, BufferedImage.TYPE_BYTE_GRAY);
        for (int pixel = 0; pixel < 80 * 64; pixel++) {
            int x = pixel % 80 / 2;
            int y = pixel / 80 / 2;
            // Of a block of 4×4 the two rows above are what the network keeps.
            photograph.getRaster().setSample(pixel % 80, pixel / 80, 0, y % 4 < 2 ? (7 * x + 3 * y) % 251 : 0);
        }
        ImageIO.write(photograph, "png", data.resolve("photograph.png").toFile());
        assertEquals(ExitStatus.OK, evaluate(half(16), "--most-pixels", "1280", "--json"), err::toString);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals("photograph", json.get("images").get(0).get("name").asText());
        assertEquals(100, json.get("meanPsnr").asDouble(), 1e-9);
        assertEquals(1, json.get("meanSsim").asDouble(), 1e-6);
    }

    @Test
    void evaluate_plots_areWellFormedDrawings() throws Exception {
        writeRecords();
        Path plots = folder.resolve("plots");
        assertEquals(ExitStatus.OK, evaluate(half(16), "--plots", plots.toString()), err::toString);
        assertTrue(out.toString().contains("mean, float"), out::toString);
        for (String name : List.of("chosen", "worst", "histogram", "ratio")) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            org.w3c.dom.Element svg = factory.newDocumentBuilder().parse(plots.resolve(name + ".svg").toFile())
                    .getDocumentElement();
            assertEquals("svg", svg.getTagName());
            assertTrue(svg.getElementsByTagName("path").getLength() > 3, name);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "65 | --most-pixels: 0 is out of range; must be 1 or more             | --most-pixels 0",
        "65 | no 's9' to evaluate; here are s0, s1, s2, s3                    | --records s9",
        "65 | none is left to train on                                        | --linear",
        "64 | no quantiser 'int7'; right is one of float, int16               | --quantise int7",
        "64 | --batch: 0 is out of range                                      | --batch 0",
        "65 | record s0 has 1 signals; signal 4 (counted from 0) is not       | --signal 4",
        "65 | no file of the kind wav in this folder                          | --kind WAV"})
    void evaluate_unfitOptions_areRefusedInOneLine(int status, String message, String options) throws IOException {
        writeRecords();
        assertEquals(status, evaluate(half(16), options.split(" ")));
        assertTrue(err.toString().contains(message), err::toString);
        assertFalse(err.toString().contains("Exception"), err::toString);
    }

    @Test
    void evaluate_recordsOfAnotherRate_areToldAsSuch() throws IOException {
        writeRecords();
        assertEquals(ExitStatus.OK, evaluate(half(16, 128), "--records", "s1"), err::toString);
        assertTrue(err.toString().contains("record s1 has 360.0 Hz; the network was trained for 128.0 Hz"),
                err::toString);
        assertFalse(err.toString().contains("mV"), err::toString);
    }

    @Test
    void evaluate_severalSignals_countAsRecordsEach() throws IOException {
        Files.writeString(data.resolve("s1_walk.csv"), "x,y\n" + "1,2\n-1,3\n".repeat(16));
        assertEquals(ExitStatus.OK, evaluate(half(16), "--signal", "0,1", "--json"), err::toString);
        JsonNode records = new ObjectMapper().readTree(out.toString()).get("records");
        assertEquals(List.of("s1_walk:0", "s1_walk:1"),
                List.of(records.get(0).get("name").asText(), records.get(1).get("name").asText()));
        assertEquals(100 * Math.sqrt(0.5), records.get(0).get("prd").asDouble(), 1e-4, "half of the windows is lost");
    }

    @Test
    void evaluate_networkWithoutMatrix_isRefused() throws IOException {
        writeRecords();
        NetworkBuilder graph = new NetworkBuilder("blind");
        graph.output(graph.neg(graph.input("y", 16)), "signal");
        Path file = folder.resolve("blind.onnx");
        OnnxWriter.write(graph.build(null, null), file);
        assertEquals(ExitStatus.DATA, evaluate(file));
        assertTrue(err.toString().contains("the network names no measurement matrix"), err::toString);
    }
}
