package org.reluctor.devicetests.peers;

import java.util.Locale;
import org.reluctor.opencl.operation.WeightFormat;

/**
 * What came of one network at one batch size.
 *
 * @param network   its name
 * @param batch     frames
 * @param weights   as our engine stores them; the peer's are float32
 * @param activity  share of activations between layers that are not zero
 * @param times     of both
 * @param rates     of ours
 * @param errorL2   of ours against float64
 * @param peerError of the peer against float64
 */
record PeerRow(String network, int batch, WeightFormat weights, double activity, Times times, Rates rates,
        double errorL2, double peerError) {

    /**
     * Medians.
     *
     * @param oursUs       a batch
     * @param peerUs       a batch, the fastest of its settings
     * @param peerSetting  that one
     * @param peerOneUs    a batch, one thread
     * @param floorUs      write, empty launch and read of as many elements, in the calling thread if the driver can
     * @param floorWokenUs the same on all compute units, whose threads are woken
     * @param ratioLow     lower quartile over rounds of the peer's time over ours
     * @param ratioHigh    upper quartile
     * @param others       processors that other programs kept busy meanwhile
     */
    record Times(double oursUs, double peerUs, String peerSetting, double peerOneUs, double floorUs,
            double floorWokenUs, double ratioLow, double ratioHigh, double others) {
    }

    /**
     * What the batch needs, over our time.
     *
     * @param gflops          billions of operations a second
     * @param gbytesPerSecond of weights
     * @param fraction        the least time by the machine's ceilings, over ours
     */
    record Rates(double gflops, double gbytesPerSecond, double fraction) {
        static Rates of(Work work, int batch, double micros, Ceilings ceilings) {
            double operations = work.operations(batch);
            double bytes = work.bytes(batch);
            return new Rates(operations / micros / 1e3, bytes / micros / 1e3,
                    ceilings.leastUs(operations, bytes) / micros);
        }
    }

    /** The peer's time over ours: above 1, ours is faster. */
    double ratio() {
        return times.peerUs() / times.oursUs();
    }

    /** Such as {@code lista-512, batch 1, 12 % active}. */
    String title() {
        String title = network + ", batch " + batch;
        title += activity < 1 ? String.format(", %.0f %% active", 100 * activity) : "";
        return weights == WeightFormat.FLOAT32 ? title : title + ", " + format();
    }

    /** Name of the weights' format. */
    String format() {
        return weights.name().toLowerCase(Locale.ROOT);
    }

    /** Whether our error is as small as the format allows; NaN is not. */
    boolean isExact() {
        return errorL2 <= ErrorLimit.of(weights);
    }
}
