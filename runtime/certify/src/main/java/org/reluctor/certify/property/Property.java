package org.reluctor.certify.property;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be asked: a layer of the {@link RecoveryStatement}, every element of which is bounded. */
public enum Property {
    /** Every sample of the recovered signal. */
    RANGE {
        @Override
        public int layer(RecoveryStatement statement) {
            return statement.signal();
        }
    },
    /** Recovered less true signal. */
    ERROR {
        @Override
        public int layer(RecoveryStatement statement) {
            return statement.error();
        }
    },
    /** y - Φx̃. A residual beyond it proves an assumption broken: class, noise, or hardware. */
    RESIDUAL {
        @Override
        public int layer(RecoveryStatement statement) {
            return statement.residual();
        }
    },
    /**
     * y - Φx̂ of the signal itself. Behind data consistency it is next to nothing whatever was measured, so that its
     * limit is narrow, and what lies beyond it is the arithmetic: weights that are not the file's, or the hardware.
     */
    CONSISTENCY {
        @Override
        public int layer(RecoveryStatement statement) {
            return statement.consistency();
        }
    };

    /** The layer that is bounded. */
    public abstract int layer(RecoveryStatement statement);

    /** As on the command line and in certificates. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The property of that word. */
    public static Optional<Property> ofWord(String word) {
        return Arrays.stream(values()).filter(property -> property.word().equals(word)).findFirst();
    }
}
