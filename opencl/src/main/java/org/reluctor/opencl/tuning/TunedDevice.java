package org.reluctor.opencl.tuning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.opencl.device.Device;

/**
 * Launch parameters that were found on one device, as they are kept in a file. They hold for that device with that
 * driver: another version of the driver compiles other code. Immutable.
 *
 * @param platform   of the device
 * @param device     its name
 * @param driver     version
 * @param parameters found
 */
public record TunedDevice(String platform, String device, String driver, LaunchParameters parameters) {
    private static final List<String> HEADING = List.of("platform", "device", "driver");

    /** Parameters that were found on that device. */
    public static TunedDevice of(Device device, LaunchParameters parameters) {
        return new TunedDevice(KeyedText.plain(device.platform()), KeyedText.plain(device.name()),
                KeyedText.plain(device.driver()), parameters);
    }

    /** The content of a file; {@link #parse} reads it. The format of weights is not in it. */
    public String text() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("platform", platform);
        values.put("device", device);
        values.put("driver", driver);
        values.putAll(KeyedText.values(parameters));
        return KeyedText.write("Found by reluctor bench --tune. Without this file the built-in table holds.", values);
    }

    /**
     * Reads a file's content.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static TunedDevice parse(String text) {
        List<Map<String, String>> documents = KeyedText.read(text);
        if (documents.size() > 1) {
            throw new IllegalArgumentException("it holds " + documents.size() + " documents; one is right");
        }
        Map<String, String> document = documents.get(0);
        return new TunedDevice(KeyedText.required(document, "platform"), KeyedText.required(document, "device"),
                KeyedText.required(document, "driver"), KeyedText.parameters(document, HEADING));
    }

    /** Why these parameters are not for that device, if they are not. */
    public Optional<String> mismatch(Device other) {
        TunedDevice here = of(other, parameters);
        if (!device.equals(here.device) || !platform.equals(here.platform)) {
            return Optional.of("was found on " + KeyedText.plain(device + " (" + platform + ")") + ", this is "
                    + here.device + " (" + here.platform + ")");
        }
        return driver.equals(here.driver) ? Optional.empty()
                : Optional.of("was found with driver " + KeyedText.plain(driver) + ", this is driver " + here.driver);
    }
}
