package org.reluctor.opencl.tuning;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One component of {@link LaunchParameters} that is found by measurement. Tables, files and the search go over
 * {@link #all()}, so that a component that is added to the record is in all of them. Immutable.
 */
public final class LaunchComponent {
    private static final RecordComponent[] OF_RECORD = LaunchParameters.class.getRecordComponents();

    private final int index;
    private final Class<?> type;
    private final Tuned tuned;

    private LaunchComponent(int index) {
        this.index = index;
        this.type = OF_RECORD[index].getType();
        this.tuned = OF_RECORD[index].getAnnotation(Tuned.class);
    }

    /** All of them, in the record's order. */
    public static List<LaunchComponent> all() {
        return IntStream.range(0, OF_RECORD.length)
                .filter(index -> OF_RECORD[index].isAnnotationPresent(Tuned.class))
                .mapToObj(LaunchComponent::new).toList();
    }

    /** As in tables and files. */
    public String name() {
        return OF_RECORD[index].getName();
    }

    /** The values that a search tries. */
    public List<Object> candidates() {
        if (type == boolean.class) {
            return List.of(false, true);
        }
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        return LongStream.of(tuned.tried()).mapToObj(this::number).toList();
    }

    /** Its value in these parameters. */
    public Object of(LaunchParameters parameters) {
        return values(parameters)[index];
    }

    /**
     * The same parameters but for its value, which must be one of its type.
     *
     * @throws IllegalArgumentException if the record does not take it
     */
    public LaunchParameters with(LaunchParameters parameters, Object value) {
        Object[] values = values(parameters);
        values[index] = value;
        return create(values);
    }

    /** A value as in tables and files. */
    public static String text(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none, with what would
     */
    Object parse(String text) {
        if (type.isPrimitive() && type != boolean.class) {
            return parseNumber(text);
        }
        List<Object> there = candidates();
        return there.stream().filter(value -> text(value).equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name() + " is \"" + KeyedText.plain(text)
                        + "\"; must be one of "
                        + there.stream().map(LaunchComponent::text).collect(Collectors.joining(", "))));
    }

    private Object parseNumber(String text) {
        // Eighteen digits hold every range, and fit a long.
        if (text.matches("-?\\d{1,18}")) {
            long number = Long.parseLong(text);
            if (number >= tuned.from() && number <= tuned.to()) {
                return number(number);
            }
        }
        throw new IllegalArgumentException(name() + " is \"" + KeyedText.plain(text)
                + "\"; must be a whole number from " + tuned.from() + " to " + tuned.to());
    }

    private Object number(long value) {
        return type == int.class ? (Object) Math.toIntExact(value) : (Object) value;
    }

    /**
     * Parameters of these values; what is not tuned is at the first value of its type.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    static LaunchParameters parameters(Map<String, Object> values) {
        return create(Arrays.stream(OF_RECORD).map(component -> values.containsKey(component.getName())
                ? values.get(component.getName()) : component.getType().getEnumConstants()[0]).toArray());
    }

    private static Object[] values(LaunchParameters parameters) {
        Object[] values = new Object[OF_RECORD.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = OF_RECORD[i].getAccessor().invoke(parameters);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record's accessor", e);
        }
        return values;
    }

    private static LaunchParameters create(Object... values) {
        try {
            Constructor<LaunchParameters> constructor = LaunchParameters.class.getDeclaredConstructor(
                    Arrays.stream(OF_RECORD).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            // What the record itself says about a value.
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record's constructor", e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
