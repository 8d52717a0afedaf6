package org.reluctor.devicetests.takeover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.json.JsonFields;
import org.reluctor.stream.partition.Claim;

/** What the broker shows of a partition to anybody: every claim in its order, and each member's last status. */
final class ClaimLog implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final String claimTopic;
    private final SignalLink link;
    private final List<Claim> claims = new ArrayList<>();
    private final Map<String, Map<String, String>> statuses = new HashMap<>();
    private long claimNanos;
    private long offlineNanos;

    ClaimLog(String brokerUri, String site, String partition) throws InterruptedException {
        Topics topics = new Topics("reluctor");
        claimTopic = topics.claim(site, partition);
        link = SignalLink.open(BrokerOptions.at(brokerUri).clientId("claim-log").build(),
                List.of(claimTopic, topics.anyStatus(site)), this::heard);
        if (!link.awaitConnected(CONNECT)) {
            throw new IllegalStateException("the log of claims is not connected");
        }
    }

    private synchronized void heard(String topic, byte[] payload) {
        if (topic.equals(claimTopic)) {
            Claim claim = Claim.read(payload);
            if (claim != null && !claims.contains(claim)) {
                claims.add(claim);
                claimNanos = System.nanoTime();
            }
            return;
        }
        Map<String, String> status = JsonFields.read(payload);
        if (status != null) {
            String[] levels = topic.split("/");
            statuses.put(levels[levels.length - 2], status);
            offlineNanos = "offline".equals(status.get("state")) ? System.nanoTime() : offlineNanos;
        }
    }

    /** The claim that holds, or null. */
    synchronized Claim holding() {
        return claims.stream().reduce(null, (one, other) -> other.isAbove(one) ? other : one);
    }

    /** Different claims so far. */
    synchronized int claims() {
        return claims.size();
    }

    /** When the last new claim came, by System.nanoTime(). */
    synchronized long claimNanos() {
        return claimNanos;
    }

    /** When the last offline came. */
    synchronized long offlineNanos() {
        return offlineNanos;
    }

    /** As the member's last status has it; empty before it told one. */
    synchronized String state(String member) {
        return statuses.getOrDefault(member, Map.of()).getOrDefault("state", "");
    }

    @Override
    public void close() {
        link.close();
    }
}
