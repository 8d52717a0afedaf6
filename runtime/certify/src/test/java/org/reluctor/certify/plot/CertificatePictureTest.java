package org.reluctor.certify.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.property.ShrinkageNetworks;
import org.reluctor.certify.property.SignalClass;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class CertificatePictureTest {
    private static CertificatePicture picture(Deadline deadline) {
        return new CertificatePicture(ShrinkageNetworks.random(new SplittableRandom(5), 6, 3),
                SignalClass.ofAmplitude(6, -1, 1, 0.1), Execution.FLOAT32, deadline, BoundProgress.NONE);
    }

    private static List<XYSeries> series(XYChart chart) {
        return List.copyOf(chart.getSeriesMap().values());
    }

    @Test
    void charts_ofASmallNetwork_haveACurveForEachMethodAndTheBandAroundTheSignal() {
        List<XYChart> charts = picture(Deadline.none()).charts();
        List<XYSeries> methods = series(charts.get(0));
        assertEquals(4, methods.size());
        for (int method = 1; method < methods.size(); method++) {
            requireNowhereWider(methods.get(method - 1).getYData(), methods.get(method).getYData());
        }
        List<XYSeries> band = series(charts.get(1));
        double[] edge = band.get(0).getYData();
        double[] signal = band.get(1).getYData();
        assertEquals(6, signal.length);
        for (int sample = 0; sample < signal.length; sample++) {
            // First the upper border, then the lower one backwards.
            assertTrue(edge[sample] >= signal[sample]);
            assertTrue(edge[edge.length - 1 - sample] <= signal[sample]);
        }
    }

    private static void requireNowhereWider(double[] before, double[] later) {
        for (int layer = 0; layer < before.length; layer++) {
            assertTrue(later[layer] <= before[layer] * (1 + 1e-9), "a later method is nowhere wider");
        }
    }

    @Test
    void svg_withoutTime_stillShowsWhatIsProven() throws Exception {
        CertificatePicture proven = picture(Deadline.in(0));
        assertEquals(Set.of("intervals", "linear bounds backwards", "with searched slopes", "and cuts"),
                proven.charts().get(0).getSeriesMap().keySet());
        String picture = proven.svg();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document page = factory.newDocumentBuilder().parse(new InputSource(new StringReader(picture)));
        assertEquals("svg", page.getDocumentElement().getTagName());
        assertTrue(page.getElementsByTagName("path").getLength() > 5);
        assertFalse(picture.contains("NaN") || picture.contains("Infinity"));
    }
}
