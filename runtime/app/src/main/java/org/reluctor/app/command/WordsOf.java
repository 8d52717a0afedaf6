package org.reluctor.app.command;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.operation.WeightFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The words by which an option names constants: those of the configuration, in lower case. To be given to picocli both
 * as candidates, for the help, and as converter, for the message about another word.
 */
abstract class WordsOf<E extends Enum<E>> implements Iterable<String>, ITypeConverter<E> {
    private final List<E> constants;

    WordsOf(Class<E> type) {
        this.constants = List.of(type.getEnumConstants());
    }

    @Override
    public Iterator<String> iterator() {
        return words().iterator();
    }

    private List<String> words() {
        return constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public E convert(String text) {
        int index = words().indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new TypeConversionException("expected one of " + String.join(", ", words()) + " but was '" + text
                    + "'");
        }
        return constants.get(index);
    }

    /** Formats of weights. */
    static final class Weights extends WordsOf<WeightFormat> {
        Weights() {
            super(WeightFormat.class);
        }
    }

    /** Kinds of devices. */
    static final class Kinds extends WordsOf<DeviceKind> {
        Kinds() {
            super(DeviceKind.class);
        }
    }
}
