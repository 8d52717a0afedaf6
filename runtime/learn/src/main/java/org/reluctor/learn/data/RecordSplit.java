package org.reluctor.learn.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reluctor.network.SplitMix64;

/**
 * Records to train on and records kept aside, disjoint by subject: no patient is on both sides.
 *
 * @param training names, in their order
 * @param heldOut  names, in their order
 */
public record RecordSplit(List<String> training, List<String> heldOut) {
    public RecordSplit {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Keeps records of those names aside.
     *
     * @param subjects every record's subject by the record's name, in the records' order
     * @param names    to keep aside; further records of their subjects are neither trained on nor kept aside
     * @throws DataFormatException if there is no such record, or none is left to train on
     */
    public static RecordSplit holdingOut(Map<String, String> subjects, Collection<String> names) {
        for (String name : names) {
            if (!subjects.containsKey(name)) {
                throw new DataFormatException("no record '" + name + "' to hold out; here are "
                        + String.join(", ", subjects.keySet()));
            }
        }
        TreeSet<String> held = new TreeSet<>();
        names.forEach(name -> held.add(subjects.get(name)));
        List<String> training = subjects.keySet().stream().filter(name -> !held.contains(subjects.get(name))).toList();
        if (training.isEmpty()) {
            throw new DataFormatException(subjects.size() + " records, of which " + names.size()
                    + " and those of the same subjects are held out; none is left to train on: hold out fewer");
        }
        return new RecordSplit(training, subjects.keySet().stream().filter(names::contains).toList());
    }

    /**
     * Keeps a share of the subjects aside, drawn by a seed.
     *
     * @param subjects as for {@link #holdingOut}
     * @param share    of the subjects, above 0 and below 1; rounded, but at least one on each side
     * @param seed     of the draw
     * @throws DataFormatException if there are fewer than two subjects
     */
    public static RecordSplit drawn(Map<String, String> subjects, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share held out is " + share + "; right is above 0 and below 1");
        }
        List<String> all = new ArrayList<>(new TreeSet<>(subjects.values()));
        if (all.size() < 2) {
            throw new DataFormatException(subjects.size() + " records of " + all.size()
                    + " subjects are too few for a split; at least 2 subjects are needed");
        }
        long wanted = Math.round(share * all.size());
        int count = (int) Math.max(1, Math.min(all.size() - 1, wanted));
        int[] order = StepSeed.permutation(new SplitMix64(seed), all.size());
        TreeSet<String> held = new TreeSet<>();
        for (int at = 0; at < count; at++) {
            held.add(all.get(order[at]));
        }
        return new RecordSplit(subjects.keySet().stream().filter(name -> !held.contains(subjects.get(name))).toList(),
                subjects.keySet().stream().filter(name -> held.contains(subjects.get(name))).toList());
    }

    /** Every record's subject by the record's name, for the two ways to split. */
    public static Map<String, String> subjects(Collection<Recording> recordings) {
        Map<String, String> subjects = new LinkedHashMap<>();
        recordings.forEach(recording -> subjects.put(recording.name(), recording.subject()));
        return subjects;
    }

    /** Pictures or records that are subjects of their own. */
    public static Map<String, String> alone(Collection<String> names) {
        Map<String, String> subjects = new TreeMap<>();
        names.forEach(name -> subjects.put(name, name));
        return subjects;
    }
}
