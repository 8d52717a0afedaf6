package org.reluctor.opencl.tuning;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;

/**
 * The launch parameters of device classes that come with the runtime: an entry for each kind, and more special ones for
 * devices whose name or platform has a word in it. The entries are generated: {@code reluctor bench --tune --table}.
 */
public final class TuningTable {
    /** In place of a word that a device's name must have. */
    static final String ANY = "any";

    private static final String RESOURCE = "launch-parameters.yaml";
    private static final List<String> HEADING = List.of("kind", "named", "found");
    private static final List<Entry> ENTRIES = read();

    /**
     * One entry.
     *
     * @param kind       of devices
     * @param named      in lower case what the device's name or platform must hold, or {@link #ANY}
     * @param parameters for them
     */
    record Entry(DeviceKind kind, String named, LaunchParameters parameters) {
        private boolean fits(DeviceKind ofDevice, String name) {
            return kind == ofDevice && (named.equals(ANY) || name.toLowerCase(Locale.ROOT).contains(named));
        }
    }

    private TuningTable() {
    }

    /** The first entry that fits: special ones stand before the one for all of a kind. */
    static LaunchParameters of(Device device) {
        return of(device.kind(), device.toString());
    }

    static LaunchParameters of(DeviceKind kind, String name) {
        return ENTRIES.stream().filter(entry -> entry.fits(kind, name)).findFirst().orElseThrow().parameters();
    }

    /** The entry for that device, to be put into the table. */
    public static String entry(Device device, LaunchParameters parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("kind", LaunchComponent.text(device.kind()));
        values.put("named", KeyedText.plain(device.name()).toLowerCase(Locale.ROOT));
        values.put("found", "driver " + KeyedText.plain(device.driver()));
        values.putAll(KeyedText.values(parameters));
        return KeyedText.write("Found by reluctor bench --tune --table.", values);
    }

    private static List<Entry> read() {
        try (InputStream stream = TuningTable.class.getResourceAsStream(RESOURCE)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return KeyedText.read(text).stream().map(TuningTable::entry).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static Entry entry(Map<String, String> document) {
        return new Entry(DeviceKind.valueOf(KeyedText.required(document, "kind").toUpperCase(Locale.ROOT)),
                KeyedText.required(document, "named"), KeyedText.parameters(document, HEADING));
    }
}
