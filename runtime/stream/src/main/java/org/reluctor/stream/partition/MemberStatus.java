package org.reluctor.stream.partition;

import java.util.Map;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.json.JsonFields;

/**
 * What a standby needs of another gateway's status.
 *
 * @param instance  of the process that told it
 * @param epoch     of the connection on which it was told; grows
 * @param offline   it has left, or the broker says so by its Will
 * @param partition that it shares; empty: none
 */
public record MemberStatus(String instance, long epoch, boolean offline, String partition) {

    /** The status in a message; null where there is none in it. */
    public static MemberStatus read(byte[] payload) {
        Map<String, String> fields = JsonFields.read(payload);
        if (fields == null || !fields.getOrDefault("epoch", "").matches("[0-9]{1,18}")) {
            return null;
        }
        return new MemberStatus(fields.getOrDefault("instance", ""), Long.parseLong(fields.get("epoch")),
                GatewayState.OFFLINE.word().equals(fields.get("state")), fields.getOrDefault("partition", ""));
    }
}
