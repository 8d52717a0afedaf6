package org.reluctor.learn.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a record was recovered.
 *
 * @param name    of the record
 * @param windows recovered
 * @param prd     100·‖x − x̂‖/‖x‖ in percent over the whole record, x being the samples less their converter's zero
 * @param prdn    100·‖x − x̂‖/‖x − mean(x)‖ in percent: what an offset of the recording cannot flatter
 */
public record RecordFigures(String name, int windows, double prd, double prdn) implements Figures {
    /**
     * Compares.
     *
     * @param truth     x
     * @param recovered x̂; samples that are NaN were not recovered and do not count
     */
    static RecordFigures of(String name, int windows, double[] truth, double[] recovered) {
        double sum = 0;
        int count = 0;
        for (int at = 0; at < truth.length; at++) {
            if (!Double.isNaN(recovered[at])) {
                sum += truth[at];
                count++;
            }
        }
        double mean = sum / count;
        double error = 0;
        double energy = 0;
        double variation = 0;
        for (int at = 0; at < truth.length; at++) {
            if (!Double.isNaN(recovered[at])) {
                error += (truth[at] - recovered[at]) * (truth[at] - recovered[at]);
                energy += truth[at] * truth[at];
                variation += (truth[at] - mean) * (truth[at] - mean);
            }
        }
        return new RecordFigures(name, windows, 100 * Math.sqrt(error / energy), 100 * Math.sqrt(error / variation));
    }

    /** Signal-to-noise ratio in dB: −20·log₁₀(PRD/100). */
    public double snr() {
        return -20 * Math.log10(prd / 100);
    }

    @Override
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("prd", prd);
        values.put("prdn", prdn);
        values.put("snr", snr());
        return values;
    }
}
