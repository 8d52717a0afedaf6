package org.reluctor.devicetests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;
import org.w3c.dom.Document;

/** The soak's machinery on a real gateway; so short that no slope says anything. */
@Alone
class SoakIT {
    private static final SoakPlan SHORT = new SoakPlan(Duration.ofSeconds(15), Duration.ofSeconds(2),
            Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(300), 50,
            List.of(SoakFault.CUT, SoakFault.BAD_FRAMES, SoakFault.REFUSED_SIGNAL, SoakFault.BROKER_RESTARTED));

    @TempDir
    Path folder;

    @Test
    void run_fewSecondsOfFaults_everyFigureIsTakenAndNothingIsLost() throws Exception {
        List<String> progress = new ArrayList<>();
        SoakRecord soak = new SoakRun(SHORT, progress::add).run(folder);

        Set<Figure> taken = EnumSet.noneOf(Figure.class);
        soak.samples().forEach(sample -> taken.addAll(sample.values().keySet()));
        assertEquals(EnumSet.allOf(Figure.class), taken);
        assertTrue(soak.samples().stream().anyMatch(Sample::quiet), "some are quiet");
        assertTrue(soak.samples().stream().anyMatch(sample -> !sample.quiet()), "some are not");
        assertTrue(soak.faults().size() >= 2, soak.faults().toString());
        assertEquals(soak.faults().size(), progress.size(), "a line each: " + progress);
        assertEquals(0, soak.deliveries().lost() + soak.deliveries().disordered() + soak.deliveries().spoilt());
        assertTrue(soak.deliveries().sent() > 100, soak.deliveries().toString());

        SoakVerdict verdict = SoakVerdict.of(soak);
        JsonNode json = new ObjectMapper().readTree(new SoakReport(soak, verdict).json());
        assertEquals(soak.faults().size(), json.get("faults").asInt());
        assertEquals(soak.deliveries().sent(), json.get("frames").asLong());
        Document chart = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Files.writeString(folder.resolve("soak.svg"), SoakChart.of(soak, verdict)).toFile());
        assertTrue(chart.getElementsByTagName("circle").getLength() >= Figure.values().length);
    }
}
