package org.reluctor.network;

/**
 * Where a network comes from, as its file says under {@code reluctor.trained.} and {@code reluctor.figures}.
 *
 * @param by         method and command; empty where absent
 * @param on         data; empty where absent
 * @param figures    quality as measured by whoever trained it; empty where absent
 * @param parameters numbers that training adjusted, Φ and constants computed from it not among them; 0 where absent
 * @param gap        relative duality gap that convex training ended with, 0 or more; NaN where absent
 */
public record Provenance(String by, String on, String figures, long parameters, double gap) {
    /** Of a file that says nothing about it. */
    public static final Provenance UNKNOWN = of("", "");

    /** Of a method or command, and data. */
    public static Provenance of(String by, String on) {
        return new Provenance(by, on, "", 0, Double.NaN);
    }

    /** The same with other figures. */
    public Provenance withFigures(String measured) {
        return new Provenance(by, on, measured, parameters, gap);
    }

    /** The same with the count of trained numbers. */
    public Provenance withParameters(long count) {
        return new Provenance(by, on, figures, count, gap);
    }

    /** The same with the relative duality gap that convex training ended with. */
    public Provenance withGap(double relative) {
        return new Provenance(by, on, figures, parameters, relative);
    }
}
