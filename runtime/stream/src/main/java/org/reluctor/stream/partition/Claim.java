package org.reluctor.stream.partition;

import java.time.Instant;
import java.util.Map;
import org.reluctor.stream.Topics;
import org.reluctor.stream.json.JsonFields;
import org.reluctor.stream.json.JsonText;

/**
 * That a gateway serves a partition, as the broker retains it: {term, gateway, instance, since}. Of two claims one is
 * above the other, whoever looks and in whatever order they came; so all who see both agree.
 *
 * @param term     grows with every change of the gateway that serves; from 1
 * @param gateway  its name, as in its status topic
 * @param instance of its process, another at every start
 */
public record Claim(long term, String gateway, String instance) {
    /** Largest term: what JSON readers everywhere take for a whole number. A term a millisecond lasts for ever. */
    static final long MOST_TERM = (1L << 53) - 1;
    private static final int MOST_INSTANCE = 64;

    /** True where this one holds, of the two; of equal terms, claimed at the same moment, the instance decides. */
    public boolean isAbove(Claim other) {
        return other == null || (term != other.term ? term > other.term : instance.compareTo(other.instance) > 0);
    }

    /** As JSON text. */
    public byte[] toBytes() {
        return new JsonText().add("term", term).add("gateway", gateway).add("instance", instance)
                .add("since", Instant.now().toString()).toBytes();
    }

    /** The claim in a message; null where there is none in it. */
    public static Claim read(byte[] payload) {
        Map<String, String> fields = JsonFields.read(payload);
        if (fields == null) {
            return null;
        }
        String term = fields.getOrDefault("term", "");
        String gateway = fields.getOrDefault("gateway", "");
        String instance = fields.getOrDefault("instance", "");
        boolean named = Topics.isName(gateway) && !instance.isEmpty() && instance.length() <= MOST_INSTANCE;
        if (!named || !term.matches("[1-9][0-9]{0,15}") || Long.parseLong(term) > MOST_TERM) {
            return null;
        }
        return new Claim(Long.parseLong(term), gateway, instance);
    }
}
