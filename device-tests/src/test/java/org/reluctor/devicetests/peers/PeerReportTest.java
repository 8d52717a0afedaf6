package org.reluctor.devicetests.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.reluctor.opencl.operation.WeightFormat;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PeerReportTest {
    private static final PeerReport REPORT = new PeerReport("a <device> & more", "ONNX Runtime 1.29.0",
            new Ceilings(400, 100, 50), List.of(row("lista-512", 0.12, 100, 250), row("ecg", 1, 200, 100)),
            Map.of("opine-net-plus, batch 1", "no room"), 0.5, 1.5);

    private static PeerRow row(String network, double activity, double ours, double peer) {
        return new PeerRow(network, 1, WeightFormat.FLOAT32, activity,
                new PeerRow.Times(ours, peer, "2 threads", 2 * peer, 5, 30, 0.9 * peer / ours,
                        1.1 * peer / ours, 0.1),
                PeerRow.Rates.of(new Work(2_000_000, 20_000_000, 1_000_000, 10_000_000, activity), 1, ours,
                        new Ceilings(400, 100, 50)), 1e-7, Double.NaN);
    }

    @Test
    void json_ofRows_hasTheKeysThatOthersRelyOn() throws IOException {
        JsonNode json = new ObjectMapper().readTree(REPORT.json());
        assertEquals(400, json.at("/ceilings/gflops").asDouble());
        assertEquals(50, json.at("/ceilings/gbytesPerSecond").asDouble());
        assertEquals(2, json.at("/rows").size());
        JsonNode row = json.at("/rows/0");
        assertEquals("lista-512", row.get("network").asText());
        assertEquals(1, row.get("batch").asInt());
        assertEquals("float32", row.get("weights").asText());
        assertEquals(0.12, row.get("activity").asDouble());
        assertEquals(100, row.get("oursUs").asDouble());
        assertEquals(250, row.get("peerUs").asDouble());
        assertEquals(5, row.get("floorUs").asDouble());
        assertEquals(30, row.get("floorWokenUs").asDouble());
        assertEquals(2.5, row.get("ratio").asDouble(), 1e-12);
        assertEquals(1e-7, row.get("errorL2").asDouble());
        assertTrue(row.get("peerErrorL2").isNull(), "what JSON cannot carry");
        assertEquals("no room", json.at("/failures/0/reason").asText());
    }

    @Test
    void table_ofRows_namesEachAndWhatFailed() {
        String table = REPORT.table();
        assertTrue(table.contains("lista-512") && table.contains("2.50") && table.contains("2.25-2.75"), table);
        assertTrue(table.contains("floor us") && table.contains("woken us"), table);
        assertTrue(table.contains("opine-net-plus, batch 1: not measured: no room"), table);
        assertTrue(table.lines().allMatch(line -> line.length() <= 160), "fits a wide terminal");
    }

    @Test
    void table_errorOverItsLimit_isNamed() {
        PeerRow row = REPORT.rows().get(0);
        PeerRow nan = new PeerRow("ecg", 64, WeightFormat.INT8, 1, row.times(), row.rates(), Double.NaN, 0);
        PeerRow large = new PeerRow("ecg", 1, WeightFormat.BFLOAT16, 1, row.times(), row.rates(), 0.011, 0);
        PeerRow kept = new PeerRow("ecg", 1, WeightFormat.FLOAT16, 1, row.times(), row.rates(), 5e-4, 0);
        PeerReport report = new PeerReport("d", "p", REPORT.ceilings(), List.of(nan, large, kept), Map.of(), 0, 0);
        assertEquals(List.of(nan, large), report.inexact());
        assertTrue(report.table().contains("ecg, batch 1, bfloat16: error 1.1e-02 is over its limit of 1e-02"),
                report.table());
        assertTrue(REPORT.table().contains("all within the limits"), REPORT.table());
    }

    @Test
    void work_storedInTwoBytes_readsHalf() {
        Work work = new Work(1, 2, 400, 800, 0.5).stored(2);
        assertEquals(new Work(1, 2, 200, 400, 0.5), work);
    }

    @Test
    void rates_sparseNetwork_countOnlyWhatTheBatchNeeds() {
        PeerRow.Rates rates = REPORT.rows().get(0).rates();
        assertEquals((2e6 + 0.12 * 20e6) / 100e3, rates.gflops(), 1e-9);
        assertEquals((1e6 + 0.12 * 10e6) / 100e3, rates.gbytesPerSecond(), 1e-9);
        assertEquals(2.2e6 / 100 / 1e3 / 100, rates.fraction(), 1e-9);
    }

    @Test
    void work_severalFrames_readWhatAnyOfThemUses() {
        Work work = new Work(0, 100, 0, 1000, 0.5);
        assertEquals(750, work.bytes(2), 1e-9);
        assertEquals(100, work.operations(2), 1e-9);
    }

    @Test
    void chart_ofRows_isXmlWithABarForEach() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(RatioChart.of(REPORT).getBytes(StandardCharsets.UTF_8)));
        NodeList bars = svg.getElementsByTagName("rect");
        assertEquals(2, bars.getLength());
        Element faster = (Element) bars.item(0);
        Element slower = (Element) bars.item(1);
        assertEquals("faster", faster.getAttribute("class"));
        assertEquals("slower", slower.getAttribute("class"));
        assertEquals(5, width(faster) / width(slower), 0.01);
        double right = Double.parseDouble(faster.getAttribute("x")) + width(faster);
        assertTrue(right <= Double.parseDouble(svg.getDocumentElement().getAttribute("width")), "inside the page");
    }

    @Test
    void chart_withoutRows_isStillADocument() {
        PeerReport empty = new PeerReport("d", "p", new Ceilings(1, 1, 1), List.of(), Map.of(), 0, 0);
        assertTrue(RatioChart.of(empty).endsWith("</svg>" + System.lineSeparator()));
    }

    private static double width(Element bar) {
        return Double.parseDouble(bar.getAttribute("width"));
    }
}
