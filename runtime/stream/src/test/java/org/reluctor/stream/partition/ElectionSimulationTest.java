package org.reluctor.stream.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Four members and a broker in simulated time, with delays, outages, restarts and amnesia drawn by lot. */
class ElectionSimulationTest {
    private static final int SEEDS = 150;
    private static final int MEMBERS = 4;
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long GRACE = TimeUnit.SECONDS.toNanos(2);
    private static final long BEAT = TimeUnit.SECONDS.toNanos(2);
    private static final long CALM = TimeUnit.SECONDS.toNanos(40);
    private static final ElectionTiming TIMING = ElectionTiming.of(5, 2);

    private final PriorityQueue<Event> events = new PriorityQueue<>((one, other) -> one.at != other.at
            ? Long.compare(one.at, other.at) : Long.compare(one.order, other.order));
    private final List<Member> members = new ArrayList<>();
    private final Map<String, MemberStatus> statuses = new HashMap<>();
    private Claim retained;
    private Random random = new Random(0);
    private long now;
    private long order;
    private int claims;

    private record Event(long at, long order, Runnable what) {
    }

    private final class Member {
        private final String name;
        private int life;
        private long epoch;
        private boolean linked;
        private boolean alive;
        private Election election;
        private long lastBeat;
        private long lastHeardAt;

        Member(String name) {
            this.name = name;
            start();
        }

        private void start() {
            alive = true;
            election = new Election("east", name, name + "-" + ++life, TIMING,
                    bound -> (long) (random.nextDouble() * bound));
            connect();
        }

        private void connect() {
            linked = true;
            epoch++;
            election.connected(now);
            // What the broker retains comes a moment later.
            Claim shown = retained;
            if (shown != null) {
                hear(() -> election.claimHeard(shown, now));
            }
            Map.copyOf(statuses).forEach((from, status) -> hear(() -> election.statusHeard(from, status, now)));
            tell(false);
        }

        /** Delivered in order, as on one connection, unless that is lost before. */
        private void hear(Runnable what) {
            long onConnection = epoch;
            lastHeardAt = Math.max(lastHeardAt, now + (long) (random.nextDouble() * 5 * STEP));
            later(lastHeardAt - now, () -> {
                if (linked && alive && epoch == onConnection) {
                    what.run();
                }
            });
        }

        private void tell(boolean offline) {
            lastBeat = now;
            status(name, new MemberStatus(name + "-" + life, epoch, offline, "east"));
        }

        private void lose() {
            linked = false;
            election.disconnected();
            long lost = epoch;
            int of = life;
            later(GRACE, () -> {
                if (epoch == lost) {
                    status(name, new MemberStatus(name + "-" + of, lost, true, "east"));
                }
            });
        }

        private void step() {
            if (!alive || !linked) {
                return;
            }
            if (now - lastBeat > BEAT) {
                tell(false);
            }
            Claim due = election.due(true, now);
            if (due != null) {
                claims += due.equals(retained) || isKnown(due) ? 0 : 1;
                later((long) (random.nextDouble() * 5 * STEP), () -> publish(due));
            }
        }

        private boolean isKnown(Claim due) {
            return !published.add(due);
        }
    }

    private final Set<Claim> published = new HashSet<>();

    private void later(long delay, Runnable what) {
        events.add(new Event(now + delay, order++, what));
    }

    private void publish(Claim claim) {
        retained = claim;
        members.stream().filter(member -> member.linked).forEach(member -> member
                .hear(() -> member.election.claimHeard(claim, now)));
    }

    private void status(String from, MemberStatus status) {
        statuses.put(from, status);
        members.stream().filter(member -> member.linked).forEach(member -> member
                .hear(() -> member.election.statusHeard(from, status, now)));
    }

    private void run(long nanos) {
        for (long end = now + nanos; now < end; now += STEP) {
            while (!events.isEmpty() && events.peek().at <= now) {
                events.poll().what.run();
            }
            members.forEach(Member::step);
        }
    }

    private void fault() {
        Member member = members.get(random.nextInt(MEMBERS));
        switch (random.nextInt(4)) {
            case 0 -> {
                if (member.linked) {
                    member.lose();
                    later((long) (random.nextDouble() * 6 * GRACE), () -> {
                        if (member.alive && !member.linked) {
                            member.connect();
                        }
                    });
                }
            }
            case 1 -> {
                if (member.alive && member.linked) {
                    member.alive = false;
                    member.lose();
                    later((long) (random.nextDouble() * 6 * GRACE), member::start);
                }
            }
            case 2 -> {
                retained = null;
                statuses.clear();
                members.stream().filter(each -> each.alive && each.linked).forEach(each -> {
                    each.linked = false;
                    each.election.disconnected();
                    later((long) (random.nextDouble() * GRACE), () -> {
                        if (each.alive && !each.linked) {
                            each.connect();
                        }
                    });
                });
            }
            default -> run((long) (random.nextDouble() * GRACE));
        }
    }

    private void assertOneServes(String when) {
        List<Member> serving = members.stream().filter(member -> member.election.mayTakeSession(now)).toList();
        assertEquals(1, serving.size(), when);
        Claim holding = serving.get(0).election.holding();
        assertEquals(holding, retained, when);
        for (Member member : members) {
            assertEquals(holding, member.election.holding(), when);
            assertEquals(member == serving.get(0), member.election.isOwner(), when);
        }
    }

    private void reset(int seed) {
        random = new Random(seed);
        events.clear();
        members.clear();
        statuses.clear();
        published.clear();
        retained = null;
        claims = 0;
        for (int i = 0; i < MEMBERS; i++) {
            members.add(new Member("gateway-" + i));
        }
    }

    /** Whatever happened: once it is calm one serves, all agree, and nobody claims any more. */
    @Test
    void members_afterFaultsOfAllKinds_agreeOnOneAndStayWithIt() {
        for (int seed = 0; seed < SEEDS; seed++) {
            reset(seed);
            int faults = random.nextInt(12);
            for (int i = 0; i < faults; i++) {
                fault();
                run((long) (random.nextDouble() * 3 * GRACE));
            }
            run(CALM);
            assertOneServes("seed " + seed);
            int claimed = claims;
            run(CALM);
            assertOneServes("seed " + seed + ", later");
            assertEquals(claimed, claims, "seed " + seed);
        }
    }

    /** A standby's own troubles, and an owner's blink, change nothing. */
    @Test
    void standby_cutOffAndBack_causesNoClaim() {
        for (int seed = 0; seed < SEEDS; seed++) {
            reset(seed);
            run(CALM);
            Claim before = retained;
            for (Member member : members) {
                boolean owner = member.election.isOwner();
                member.lose();
                run((long) (random.nextDouble() * (owner ? GRACE - 20 * STEP : 6 * GRACE)));
                member.connect();
                run(2 * GRACE);
            }
            assertOneServes("seed " + seed);
            assertEquals(before, retained, "seed " + seed);
            assertEquals(1, claims, "seed " + seed);
        }
    }
}
