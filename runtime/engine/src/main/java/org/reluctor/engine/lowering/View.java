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
        return places == other.places || Arrays.equals(places, other.places);
    }

    /**
     * For each place of the storage the element that lies there; null where {@link #places} is.
     *
     * @param padded whether some places may hold none; they are {@link Movement#NOWHERE} then
     * @return null also where some place holds more than one, or none and may not
     */
    int[] inverse(int features, boolean padded) {
        if (places == null || places.length != features && !padded) {
            return null;
        }
        int[] inverse = new int[features];
        Arrays.fill(inverse, Movement.NOWHERE);
        for (int element = 0; element < places.length; element++) {
            int place = places[element];
            if (place == Movement.NOWHERE || inverse[place] != Movement.NOWHERE) {
                return null;
            }
            inverse[place] = element;
        }
        return inverse;
    }

    static boolean isIdentity(int[] map) {
        return isIdentity(map, false);
    }

    /** Whether every place maps to itself, or in a padded one to nowhere. */
    static boolean isIdentity(int[] map, boolean padded) {
        for (int i = 0; i < map.length; i++) {
            if (map[i] != i && !(padded && map[i] == Movement.NOWHERE)) {
                return false;
            }
        }
        return true;
    }
}
