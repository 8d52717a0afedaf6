package org.reluctor.engine.lowering;

import java.util.Arrays;
import org.reluctor.network.Movement;
import org.reluctor.network.Value;

/**
 * Where the elements of a value lie. Operators that only move elements compute nothing: they make a view, and whoever
 * reads the value reads through it.
 *
 * @param root   the value whose storage holds the elements
 * @param places for each element of one frame, row-major, its place in the root's storage, or
 *               {@link Movement#NOWHERE} for a zero; null where every element lies at its own place
 */
record View(Value root, int[] places) {
    static View of(Value root) {
        return new View(root, null);
    }

    /** The view of a value whose element i is this one's element sources[i]. */
    View through(int[] sources) {
        if (places == null) {
            return new View(root, sources);
        }
        int[] composed = new int[sources.length];
        for (int i = 0; i < sources.length; i++) {
            composed[i] = sources[i] == Movement.NOWHERE ? Movement.NOWHERE : places[sources[i]];
        }
        return new View(root, composed);
    }

    /** The place of one element. */
    int place(int element) {
        return element == Movement.NOWHERE || places == null ? element : places[element];
    }

    /** Whether the elements are all of the storage's {@code features}, in its order. */
    boolean isInOrder(int features) {
        return places == null || places.length == features && isIdentity(places);
    }

    boolean samePlaces(View other) {
        return Arrays.equals(places, other.places);
    }

    /**
     * For each place of the storage the element that lies there; null where {@link #places} is.
     *
     * @return null also where some place holds none, or more than one
     */
    int[] inverse(int features) {
        if (places == null || places.length != features) {
            return null;
        }
        int[] inverse = new int[features];
        Arrays.fill(inverse, Movement.NOWHERE);
        for (int element = 0; element < features; element++) {
            int place = places[element];
            if (place == Movement.NOWHERE || inverse[place] != Movement.NOWHERE) {
                return null;
            }
            inverse[place] = element;
        }
        return inverse;
    }

    static boolean isIdentity(int[] map) {
        for (int i = 0; i < map.length; i++) {
            if (map[i] != i) {
                return false;
            }
        }
        return true;
    }
}
