package org.reluctor.learn.evaluation;

/**
 * How well a record's windows were recovered.
 *
 * @param name    of the record
 * @param windows recovered
 * @param prd     100·‖x − x̂‖/‖x‖ in percent over the whole record
 * @param prdn    100·‖x − x̂‖/‖x − mean(x)‖ in percent: what an offset of the recording cannot flatter
 */
public record RecordFigures(String name, int windows, double prd, double prdn) {
    /** Signal-to-noise ratio in dB: −20·log₁₀(PRD/100). */
    public double snr() {
        return -20 * Math.log10(prd / 100);
    }
}
