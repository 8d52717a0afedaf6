package org.reluctor.devicetests.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reluctor.stream.SignalLink;

/** Collects JSON messages, error answers or status, as text. */
final class ErrorCollector implements SignalLink.Listener {
    private final List<String> texts = new ArrayList<>();

    @Override
    public synchronized void arrived(String topic, byte[] payload) {
        texts.add(new String(payload, StandardCharsets.UTF_8));
    }

    synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    /** The values of one field over all messages, in order. */
    synchronized List<String> values(String field) {
        Pattern wanted = Pattern.compile("\"" + field + "\":\"?([^\",}]*)");
        List<String> values = new ArrayList<>();
        for (String text : texts) {
            Matcher matcher = wanted.matcher(text);
            values.add(matcher.find() ? matcher.group(1) : "");
        }
        return values;
    }
}
