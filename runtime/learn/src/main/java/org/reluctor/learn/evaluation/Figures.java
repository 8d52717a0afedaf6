package org.reluctor.learn.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of merit of one recovered record or picture. */
public interface Figures {
    /** Of the record or picture. */
    String name();

    /** The figures by their names in reports, such as prd. */
    Map<String, Double> values();

    /** Mean of every figure over records or pictures; empty where there are none. */
    static Map<String, Double> mean(List<? extends Figures> all) {
        Map<String, Double> means = new LinkedHashMap<>();
        for (Figures figures : all) {
            figures.values().forEach((key, value) -> means.merge(key, value / all.size(), Double::sum));
        }
        return means;
    }
}
