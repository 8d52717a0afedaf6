package org.reluctor.certify.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.property.ShrinkageNetworks;
import org.reluctor.certify.property.SignalClass;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CertificatePictureTest {
    private static String picture(Deadline deadline) {
        return new CertificatePicture(ShrinkageNetworks.random(new SplittableRandom(5), 6, 3),
                SignalClass.ofAmplitude(6, -1, 1, 0.1), Execution.FLOAT32, deadline, BoundProgress.NONE).svg();
    }

    private static double[] places(String path) {
        return Arrays.stream(path.replaceAll("[MLZ]", " ").trim().split("\\s+"))
                .mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void svg_ofASmallNetwork_hasACurveForEachMethodAndTheBandAroundTheSignal() throws Exception {
        Document page = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(picture(Deadline.none()))));
        NodeList paths = page.getElementsByTagName("path");
        int curves = 0;
        double[] band = null;
        double[] before = null;
        double[] last = null;
        for (int at = 0; at < paths.getLength(); at++) {
            var path = paths.item(at).getAttributes();
            String kind = path.getNamedItem("class") == null ? "" : path.getNamedItem("class").getNodeValue();
            double[] places = kind.isEmpty() ? null : places(path.getNamedItem("d").getNodeValue());
            curves += kind.equals("curve") ? 1 : 0;
            band = kind.equals("band") ? places : band;
            if (kind.equals("curve") && curves <= 4) {
                requireBelow(before, places);
                before = places;
            }
            last = kind.equals("curve") ? places : last;
        }
        assertEquals(5, curves, "four methods and the signal");
        for (int sample = 0; sample < 6; sample++) {
            // Upwards is less in SVG: first the upper border, then the lower one backwards.
            assertTrue(band[2 * sample + 1] <= last[2 * sample + 1]);
            assertTrue(band[2 * (11 - sample) + 1] >= last[2 * sample + 1]);
        }
    }

    /** Widths that are less lie lower: their places are more. */
    private static void requireBelow(double[] above, double[] below) {
        for (int at = 1; above != null && at < above.length; at += 2) {
            assertTrue(below[at] >= above[at] - 0.02, "a later method is nowhere wider");
        }
    }

    @Test
    void svg_withoutTime_stillShowsWhatIsProven() {
        String picture = picture(Deadline.in(0));
        assertTrue(picture.contains("and cuts"));
        assertFalse(picture.contains("NaN") || picture.contains("Infinity"));
    }
}
