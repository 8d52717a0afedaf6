package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Figures GOOD = new Figures(12_000, 12_000, 0, 0, 0, 12_000, 6.913, 8.4, 2130, 5012);

    @Test
    void json_ofFigures_hasExactlyTheAgreedKeys() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Report.json(GOOD));
        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        assertEquals(List.of("sent", "received", "lost", "duplicated", "rejected", "prd", "prdLinear", "latencyP50Us",
                "latencyP99Us"), keys);
        assertEquals(6.913, json.get("prd").asDouble());
        assertEquals(12_000, json.get("sent").asLong());
    }

    @Test
    void json_beforeAnySignal_hasNullForThePrd() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Report.json(new Tally().figures()));
        assertTrue(json.get("prd").isNull());
    }

    @Test
    void table_ofAPass_saysSoAndShowsBothErrors() {
        String table = Report.table(GOOD);
        assertTrue(table.contains("Passed: all 12,000 frames"), table);
        assertTrue(table.contains("6.91 %") && table.contains("8.40 %"), table);
        assertTrue(table.contains("2.13 ms") && table.contains("5.01 ms"), table);
    }

    @Test
    void verdict_ofEachFailure_namesIt() {
        Figures lost = new Figures(10, 9, 1, 0, 0, 9, 6, 8, 1, 1);
        Figures worse = new Figures(10, 10, 0, 0, 0, 10, 9, 8, 1, 1);
        assertEquals("Failed: 1 lost, 0 duplicated, 0 rejected.", Report.verdict(lost));
        assertTrue(Report.verdict(worse).contains("no better than its linear start"), Report.verdict(worse));
        assertFalse(lost.passed() || worse.passed());
    }

    @Test
    void progress_withoutATerminal_saysALineEveryTenSeconds() {
        StringWriter text = new StringWriter();
        Progress progress = new Progress(new PrintWriter(text), false, 60);
        for (int tenth = 0; tenth <= 250; tenth++) {
            progress.show(tenth / 10.0, GOOD);
        }
        progress.close();
        assertEquals(2, text.toString().lines().count(), text.toString());
        assertFalse(text.toString().contains("\u001b"), text.toString());
    }

    @Test
    void progress_onATerminal_renewsOneLineOfLessThan80Columns() {
        StringWriter text = new StringWriter();
        Progress progress = new Progress(new PrintWriter(text), true, 60);
        progress.show(60, GOOD);
        String line = text.toString().replace("\r\u001b[K", "");
        progress.close();
        assertFalse(text.toString().contains("\n"), text.toString());
        assertTrue(line.length() < 80, line);
    }
}
