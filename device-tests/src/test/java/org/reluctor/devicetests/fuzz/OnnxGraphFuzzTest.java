package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Networks of small graphs that are ONNX in form, so that the rules of every operator are reached. */
class OnnxGraphFuzzTest {
    private final NetworkTrip trip = new NetworkTrip(1L << 30, 30);

    @FuzzTest
    void onnxGraph(FuzzedDataProvider data) throws Exception {
        trip.check(GraphSketch.model(data));
    }
}
