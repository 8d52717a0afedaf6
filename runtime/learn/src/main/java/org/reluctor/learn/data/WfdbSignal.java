package org.reluctor.learn.data;

/**
 * One signal of a record as its line in the header describes it.
 *
 * @param fileName    the signal file, in the header's folder
 * @param format      of the samples in that file
 * @param byteOffset  where the samples begin in that file
 * @param gain        ADC units a physical unit; the default of 200 where the header gives none
 * @param baseline    the sample value of physical zero; ADC zero where the header gives none
 * @param units       of the physical quantity; mV where the header gives none
 * @param adcZero     the sample value in the middle of the converter's range
 * @param checksum    16-bit sum of all samples, or null where the header gives none
 * @param description such as the lead's name; may be empty
 */
public record WfdbSignal(String fileName, int format, int byteOffset, double gain, int baseline, String units,
        int adcZero, Integer checksum, String description) {
}
