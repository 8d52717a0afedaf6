package org.reluctor.app.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.reluctor.app.trust.Distrust;

/** Why a network is not taken in place of another, besides {@link Distrust}; the words stand in metrics. */
public enum ExchangeFault {
    /** Nobody says which keys are trusted, so that nothing new is. */
    NO_KEYS,
    /** A file that cannot be read. */
    UNREADABLE,
    /** Well signed, but no network that runs here. */
    FORMAT,
    /** More than the heap has room for beside what is at work. */
    MEMORY,
    /** Of other dimensions than the sensors' frames and the subscribers' signals. */
    SHAPE,
    /** Made for another Φ than the sensors have. */
    MATRIX,
    /** Its signals are of another unit. */
    UNIT,
    /** The process in which it was tried broke off, or took too long. */
    TRIAL,
    /** What the device makes of it is not what its file says. */
    SELF_TEST,
    /** The device does not take it. */
    DEVICE,
    /** What must outlive a restart cannot be written. */
    STATE,
    /** There is none to go back to. */
    NO_PREVIOUS;

    /** The fault as one kebab-case word, stable over versions. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words of all reasons, those of distrust among them. */
    public static List<String> reasons() {
        return Stream.concat(Arrays.stream(Distrust.values()).map(Distrust::reason),
                Arrays.stream(values()).map(ExchangeFault::reason)).toList();
    }
}
