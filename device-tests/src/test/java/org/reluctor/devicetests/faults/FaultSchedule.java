package org.reluctor.devicetests.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults which rig gets, in which order: the kinds in turn, so that all come equally often, then shuffled. What
 * needs two brokers goes to the rig that has them, and of the rest every third.
 *
 * @param oneBroker  faults of the rig with one broker
 * @param twoBrokers faults of the other
 */
record FaultSchedule(List<FaultKind> oneBroker, List<FaultKind> twoBrokers) {
    /** From so many rounds on the kinds that last for minutes come in. */
    static final int LONG_FROM_ROUNDS = 200;
    private static final int LONG_HALF_OPENS = 3;
    private static final int SHARE = 3;

    static FaultSchedule of(List<FaultKind> kinds, int rounds, Random random) {
        List<FaultKind> usual = kinds.stream().filter(kind -> !kind.isLong()).toList();
        List<FaultKind> one = new ArrayList<>();
        List<FaultKind> two = new ArrayList<>(longOnes(kinds, usual.isEmpty() ? LONG_FROM_ROUNDS : rounds));
        for (int i = 0; two.size() + one.size() < rounds && !usual.isEmpty(); i++) {
            FaultKind kind = usual.get(i % usual.size());
            boolean toTwo = kind.where() == FaultKind.Where.TWO_BROKERS
                    || (i / usual.size() + kind.ordinal()) % SHARE == 0;
            (toTwo ? two : one).add(kind);
        }
        Collections.shuffle(one, random);
        Collections.shuffle(two, random);
        return new FaultSchedule(one, two);
    }

    private static List<FaultKind> longOnes(List<FaultKind> kinds, int rounds) {
        List<FaultKind> chosen = new ArrayList<>();
        if (rounds >= LONG_FROM_ROUNDS && kinds.contains(FaultKind.LONG_HALF_OPEN)) {
            chosen.addAll(Collections.nCopies(LONG_HALF_OPENS, FaultKind.LONG_HALF_OPEN));
        }
        if (rounds >= LONG_FROM_ROUNDS && kinds.contains(FaultKind.LONG_DOWNSTREAM_AWAY)) {
            chosen.add(FaultKind.LONG_DOWNSTREAM_AWAY);
        }
        return chosen;
    }
}
